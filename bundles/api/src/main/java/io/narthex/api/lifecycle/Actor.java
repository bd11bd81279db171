package io.narthex.api.lifecycle;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A long-running part of the server. Registered as a service with the properties {@link #NAME},
 * {@link #STAGE} and, for what the server can live without, {@link #CRITICAL} = false; the run
 * group starts it when the service appears, and interrupts and joins it when the service goes.
 *
 * <p>When a critical actor ends by itself, the run group interrupts all others in reverse order of
 * stage, waits for each, and the process ends with that actor's error, if it had one. One that is
 * not critical is started again with back-off.
 *
 * <p>The run group calls {@link #execute} on a thread of its own, at most once at a time. {@link
 * #interrupt} may come from any thread, before execute has begun, during it, after it, and more
 * than once; one that came before must make the next execute return.
 *
 * <p>An actor that is not critical may be executed again on the same object, and then works anew:
 * it forgets interrupts when it returns. One that is critical is executed once. Its component
 * refers to the {@link RunGroup} service, so that it is made again when the run group's own bundle
 * was stopped or updated.
 */
@ConsumerType
public interface Actor {

  /** Service property, String: the name in logs and views, for instance {@code scrape manager}. */
  String NAME = "actor.name";

  /** Service property, Integer: see {@link Stage}. */
  String STAGE = "actor.stage";

  /** Service property, Boolean, default true: whether the end of this actor ends the process. */
  String CRITICAL = "actor.critical";

  /** Works until {@link #interrupt}; returning or throwing by itself is this actor's own end. */
  void execute() throws Exception;

  /**
   * Makes {@link #execute} return soon. Must not block for long itself.
   *
   * @param cause why: the failure that ends the process, {@link ShutdownRequested} or {@link
   *     ServiceDeparted}
   */
  void interrupt(Throwable cause);
}
