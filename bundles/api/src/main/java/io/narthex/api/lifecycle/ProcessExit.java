package io.narthex.api.lifecycle;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Ends the process. Whoever started the framework registers it as a service before any bundle
 * starts; the run group calls it once, after the last actor has ended or was given up.
 */
@ProviderType
public interface ProcessExit {

  /**
   * Stops the framework and ends the process with the code. Returns at once and does its work on a
   * thread of its own, since the caller's bundle is among those that are stopped. Only the first
   * call counts.
   *
   * @param code 0 after a request to end, 1 after a failure, or what an {@link ExitCodeException}
   *     says
   */
  void exit(int code);
}
