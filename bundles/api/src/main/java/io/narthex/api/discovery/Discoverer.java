package io.narthex.api.discovery;

import org.osgi.annotation.versioning.ConsumerType;

/** Finds targets until its thread is interrupted. */
@ConsumerType
public interface Discoverer {

  /**
   * Runs on a virtual thread of its own, once. Returning normally means that nothing more will be
   * found; targets stay. Errors of single look-ups are logged and counted here, old targets stay.
   *
   * @throws InterruptedException when it was asked to end; everything is released by then
   */
  void run(TargetGroupSink sink) throws InterruptedException;
}
