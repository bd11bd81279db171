package io.narthex.api.lifecycle;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Whether the server can answer: it is ready while a storage is open, a configuration has been
 * committed, and queries can be evaluated. Guarded endpoints answer 503 in every other state.
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
