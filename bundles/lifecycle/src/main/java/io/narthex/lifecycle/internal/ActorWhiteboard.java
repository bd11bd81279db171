package io.narthex.lifecycle.internal;

import io.narthex.api.lifecycle.Actor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands every {@link Actor} service that comes and goes to the run group. */
@Component(
    immediate = true,
    service = {})
public final class ActorWhiteboard {
  private static final Logger log = LoggerFactory.getLogger(ActorWhiteboard.class);

  /** Above all stages of ours: an actor that does not say where it belongs stops first. */
  private static final int UNKNOWN_STAGE = 10_000;

  private final Group group;
  private final Map<ServiceReference<Actor>, ActorRun> runs = new ConcurrentHashMap<>();

  @Activate
  public ActorWhiteboard(@Reference RunGroupComponent owner) {
    group = owner.group();
  }

  /** Before the actors are unbound one by one in no order, stops all of them in theirs. */
  @Deactivate
  void deactivate() {
    group.close().join();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindActor(ServiceReference<Actor> reference, Actor actor) {
    runs.put(reference, group.arrive(actor, info(reference, actor)));
  }

  /** Returns once the actor has stopped or was given up, so that its bundle can go. */
  void unbindActor(ServiceReference<Actor> reference) {
    ActorRun run = runs.remove(reference);
    if (run == null) {
      return;
    }
    var settled = group.depart(run);
    if (Thread.currentThread().equals(run.thread)) {
      log.atWarn()
          .addKeyValue("actor", run.info.name())
          .log("An actor takes away its own service, and is not waited for");
    } else {
      settled.join();
    }
  }

  private static ActorInfo info(ServiceReference<Actor> reference, Actor actor) {
    Object name = reference.getProperty(Actor.NAME);
    Object stage = reference.getProperty(Actor.STAGE);
    Object critical = reference.getProperty(Actor.CRITICAL);
    Bundle bundle = reference.getBundle();
    return new ActorInfo(
        name instanceof String text ? text : actor.getClass().getName(),
        stage instanceof Integer number ? number : UNKNOWN_STAGE,
        !Boolean.FALSE.equals(critical),
        bundle == null ? "" : bundle.getSymbolicName() + " " + bundle.getVersion());
  }
}
