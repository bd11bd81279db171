package io.narthex.api.lifecycle;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Whether the server can answer: it is ready while a storage is open and a configuration has been
 * committed. Guarded endpoints answer 503 in every other state.
 */
@ProviderType
public interface Readiness {

  /** The state of the whole server. */
  enum State {
    NOT_READY,
    READY,
    STOPPING
  }

  State state();
}
