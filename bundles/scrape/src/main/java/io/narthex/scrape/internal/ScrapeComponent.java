package io.narthex.scrape.internal;

import io.narthex.api.config.Configuration;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.EffectiveConfiguration;
import io.narthex.api.config.Reconfigurable;
import io.narthex.api.discovery.DiscoveredTargets;
import io.narthex.api.exposition.Expositions;
import io.narthex.api.http.HttpClients;
import io.narthex.api.lifecycle.Actor;
import io.narthex.api.lifecycle.RunGroup;
import io.narthex.api.lifecycle.Stage;
import io.narthex.api.scrape.TargetsView;
import io.narthex.api.storage.Storage;
import io.narthex.api.telemetry.Metrics;
import io.narthex.scrape.internal.loop.Bodies;
import io.narthex.scrape.internal.loop.Features;
import io.narthex.scrape.internal.loop.ScrapeMetrics;
import io.narthex.scrape.internal.loop.ScrapeTime;
import io.narthex.scrape.internal.loop.Surroundings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The scrape manager as a component: it is there while there are a configuration, a storage and
 * everything else that scraping needs.
 */
@Component(
    reference = @Reference(name = "runGroup", service = RunGroup.class),
    configurationPid = "io.narthex.scrape",
    service = {Actor.class, Reconfigurable.class, TargetsView.class},
    property = {
      Actor.NAME + "=scrape manager",
      Actor.STAGE + ":Integer=" + Stage.SCRAPE,
      Reconfigurable.ORDER + ":Integer=500"
    })
@Designate(ocd = ScrapeSettings.class)
public final class ScrapeComponent implements Actor, Reconfigurable, TargetsView {

  private final Bodies bodies;
  private final ScrapeMetrics metrics;
  private final ScrapeManager manager;
  private final PoolViews views;

  /**
   * @param configured makes the component wait for the first committed configuration
   */
  @Activate
  public ScrapeComponent(
      @Reference EffectiveConfiguration configured,
      @Reference(target = "(" + Storage.ROLE + "=" + Storage.FANOUT + ")") Storage storage,
      @Reference Expositions expositions,
      @Reference HttpClients http,
      @Reference(target = "(" + DiscoveredTargets.MANAGER + "=scrape)") DiscoveredTargets targets,
      @Reference Metrics registry,
      ScrapeSettings settings) {
    bodies = Bodies.forThisHeap();
    metrics = new ScrapeMetrics(registry);
    Surroundings around =
        new Surroundings(
            ScrapeTime.SYSTEM,
            storage,
            expositions,
            bodies,
            metrics,
            Features.of(List.of(settings.enable$_$feature())),
            settings.scrape_adjust$_$timestamps()
                ? settings.scrape_timestamp$_$tolerance() * 1_000_000L
                : 0,
            settings.user_agent());
    manager =
        new ScrapeManager(
            around,
            http,
            targets,
            ServerSeed::fullHostName,
            settings.scrape_discovery$_$reload$_$interval() * 1_000_000L);
    views = new PoolViews(manager.pools());
    metrics.collectMetadata(views::collectEntries, views::collectBytes);
  }

  @Deactivate
  void deactivate() {
    manager.shutDown();
    metrics.close();
    bodies.close();
  }

  @Override
  public void execute() throws InterruptedException {
    manager.execute();
  }

  @Override
  public void interrupt(Throwable cause) {
    manager.interrupt(cause);
  }

  @Override
  public String reconfigurableName() {
    return manager.reconfigurableName();
  }

  @Override
  public Prepared prepare(Configuration next) throws ConfigurationException {
    return manager.prepare(next);
  }

  @Override
  public List<String> pools() {
    return views.pools();
  }

  @Override
  public List<ActiveTarget> active(@Nullable String pool) {
    return views.active(pool);
  }

  @Override
  public List<DroppedTarget> dropped(@Nullable String pool) {
    return views.dropped(pool);
  }

  @Override
  public Map<String, Integer> droppedCounts() {
    return views.droppedCounts();
  }

  @Override
  public List<TargetMetadata> metadata() {
    return views.metadata();
  }
}
