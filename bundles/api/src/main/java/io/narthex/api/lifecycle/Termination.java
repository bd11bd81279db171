package io.narthex.api.lifecycle;

import org.osgi.annotation.versioning.ProviderType;

/** Asks the process to end in order, as SIGTERM does. */
@ProviderType
public interface Termination {

  /**
   * Asks for the end; the first call starts it.
   *
   * @return true for the first request, false if the end was under way already
   */
  boolean request(String by);
}
