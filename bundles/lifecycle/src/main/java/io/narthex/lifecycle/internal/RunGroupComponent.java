package io.narthex.lifecycle.internal;

import io.narthex.api.lifecycle.ProcessExit;
import io.narthex.api.lifecycle.RunGroup;
import io.narthex.api.lifecycle.ShutdownRequested;
import io.narthex.api.lifecycle.Termination;
import io.narthex.api.telemetry.Metrics;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the run group.
 *
 * <p>It does not refer to the actors itself, {@link ActorWhiteboard} does: actors may need the
 * services of this component, and a circle of references would keep them from starting.
 */
@Component(
    configurationPid = LifecycleConfig.PID,
    immediate = true,
    service = {RunGroup.class, Termination.class, RunGroupComponent.class})
@Designate(ocd = LifecycleConfig.class)
public final class RunGroupComponent implements RunGroup, Termination {
  private static final Logger log = LoggerFactory.getLogger(RunGroupComponent.class);

  private final JvmTimers timers = new JvmTimers();
  private final WaitingComponents waiting;
  private final Group group;
  private volatile @Nullable ProcessExit processExit;
  private @Nullable ActorMetrics actorMetrics;

  @Activate
  public RunGroupComponent(LifecycleConfig config, @Reference ServiceComponentRuntime components) {
    Settings settings = settings(config);
    waiting = new WaitingComponents(components);
    group =
        new Group(
            settings == null ? Settings.DEFAULTS : settings,
            new JvmActorThreads(),
            timers,
            InstantSource.system(),
            new SplittableRandom(),
            this::exit);
  }

  @Modified
  void modified(LifecycleConfig config) {
    Settings settings = settings(config);
    if (settings != null) {
      group.settings(settings);
    }
  }

  private static @Nullable Settings settings(LifecycleConfig config) {
    try {
      return Settings.of(config);
    } catch (IllegalArgumentException e) {
      // Without a run group nothing runs at all, so a bad entry must not keep it from starting.
      log.atError()
          .addKeyValue("pid", LifecycleConfig.PID)
          .addKeyValue("err", e.getMessage())
          .log("The configuration of the run group is refused");
      return null;
    }
  }

  @Deactivate
  void deactivate() {
    group.close().join();
    timers.close();
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void bindProcessExit(ProcessExit service) {
    processExit = service;
  }

  void unbindProcessExit(ProcessExit service) {
    if (service.equals(processExit)) {
      processExit = null;
    }
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  synchronized void bindMetrics(Metrics metrics) {
    if (actorMetrics != null) {
      actorMetrics.close();
    }
    actorMetrics = new ActorMetrics(metrics, group::actors);
  }

  synchronized void unbindMetrics(Metrics metrics) {
    if (actorMetrics != null && actorMetrics.isOf(metrics)) {
      actorMetrics.close();
      actorMetrics = null;
    }
  }

  Group group() {
    return group;
  }

  @Override
  public List<ActorStatus> actors() {
    return group.actors();
  }

  @Override
  public List<WaitingComponent> waiting() {
    return waiting.list();
  }

  @Override
  public boolean request(String by) {
    boolean first = group.end(new ShutdownRequested(by));
    if (first) {
      log.atInfo().addKeyValue("by", by).log("Received termination request, exiting gracefully...");
    }
    return first;
  }

  private void exit(@Nullable Throwable cause) {
    int code = ExitCodes.of(cause);
    if (code == 0) {
      log.info("See you next time!");
    } else {
      log.atError()
          .addKeyValue("code", code)
          .addKeyValue("err", cause)
          .log("Ending after a failure");
    }
    ProcessExit exit = processExit;
    if (exit == null) {
      log.atError()
          .addKeyValue("code", code)
          .log("All actors have ended, but there is no service that ends the process");
    } else {
      exit.exit(code);
    }
  }
}
