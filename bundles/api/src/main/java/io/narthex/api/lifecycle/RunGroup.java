package io.narthex.api.lifecycle;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A view on the actors that run, for people. */
@ProviderType
public interface RunGroup {

  /** What an actor is doing. */
  enum State {
    RUNNING,
    /** Interrupted and not yet returned. */
    STOPPING,
    /** Not critical, failed, and waiting for its next start. */
    BACKING_OFF,
    ENDED,
    /** Did not return within the shutdown limit. */
    ABANDONED
  }

  /**
   * One actor.
   *
   * @param bundle symbolic name and version of the bundle that registered it
   * @param since when it entered its state
   * @param restarts how often it was started again after a failure
   * @param lastError what its last failure said, null if it had none
   * @param waitsFor what {@link State#STOPPING} actors of higher stages it is being kept for, empty
   *     unless the process is ending
   */
  record ActorStatus(
      String name,
      int stage,
      boolean critical,
      String bundle,
      State state,
      Instant since,
      int restarts,
      @Nullable String lastError,
      List<String> waitsFor) {}

  /**
   * An actor or module that should be there and is not, because services it needs are missing.
   *
   * @param component name of the component
   * @param missing the services that it waits for
   */
  record WaitingComponent(String component, String bundle, List<String> missing) {}

  /** All actors, by stage from high to low, then by name. */
  List<ActorStatus> actors();

  /** Components of the server that wait for services, by name. */
  List<WaitingComponent> waiting();
}
