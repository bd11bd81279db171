package io.narthex.storage.tsdb.internal;

import io.narthex.api.config.Configuration;
import io.narthex.api.config.Reconfigurable;
import io.narthex.api.lifecycle.Actor;
import io.narthex.api.lifecycle.RunGroup;
import io.narthex.api.lifecycle.Stage;
import io.narthex.api.storage.HeadStatistics;
import io.narthex.api.telemetry.Metrics;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The actor that opens the local database, publishes it, and closes it at the end. Opening takes as
 * long as replaying the log does, so it happens in {@link #execute}, not when the component is
 * activated; the figures of the head are there meanwhile.
 */
@Component(
    reference = @Reference(name = "runGroup", service = RunGroup.class),
    configurationPid = "io.narthex.storage.tsdb",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {Actor.class, HeadStatistics.class, Reconfigurable.class},
    property = {
      Actor.NAME + "=TSDB",
      Actor.STAGE + ":Integer=" + Stage.STORAGE,
      Reconfigurable.ORDER + ":Integer=100"
    })
@Designate(ocd = TsdbConfig.class)
public final class TsdbActor implements Actor, HeadStatistics, Reconfigurable {

  private final DatabaseRun run;

  @Activate
  public TsdbActor(
      TsdbConfig config,
      @Reference TsdbLimits limits,
      @Reference Metrics metrics,
      @Reference(target = "(component.factory=" + OpenStorage.FACTORY + ")")
          ComponentFactory<OpenStorage> factory) {
    run =
        new DatabaseRun(
            TsdbOptions.of(config),
            limits::current,
            metrics,
            database -> publish(factory, database));
  }

  private static Runnable publish(ComponentFactory<OpenStorage> factory, OpenDatabase database) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(OpenStorage.DATABASE, database);
    ComponentInstance<OpenStorage> instance = factory.newInstance(properties);
    return instance::dispose;
  }

  @Override
  public void execute() throws Exception {
    run.execute();
  }

  @Override
  public void interrupt(Throwable cause) {
    run.interrupt();
  }

  @Override
  public String reconfigurableName() {
    return "tsdb";
  }

  @Override
  public Prepared prepare(Configuration next) {
    return new SettingsChange(run, next.storage().tsdb());
  }

  @Override
  public Statistics statistics(int limit) {
    return run.statistics(limit);
  }

  @Override
  public ReplayProgress replayProgress() {
    return run.replayProgress();
  }
}
