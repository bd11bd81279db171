package io.narthex.scrape.internal;

import io.narthex.api.scrape.TargetsView;
import io.narthex.api.telemetry.Metrics;
import io.narthex.model.Labels;
import io.narthex.scrape.internal.cache.MetadataCache;
import io.narthex.scrape.internal.target.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The pools as the API shows them. */
final class PoolViews implements TargetsView {

  private final Map<String, ScrapePool> pools;

  /**
   * @param pools sorted by name, changing
   */
  PoolViews(Map<String, ScrapePool> pools) {
    this.pools = pools;
  }

  @Override
  public List<String> pools() {
    return List.copyOf(pools.keySet());
  }

  private Collection<Map.Entry<String, ScrapePool>> selected(@Nullable String pool) {
    if (pool == null) {
      return pools.entrySet();
    }
    ScrapePool one = pools.get(pool);
    return one == null ? List.of() : List.of(Map.entry(pool, one));
  }

  @Override
  public List<ActiveTarget> active(@Nullable String pool) {
    List<ActiveTarget> out = new ArrayList<>();
    for (Map.Entry<String, ScrapePool> e : selected(pool)) {
      for (ScrapePool.Running r : e.getValue().view().active()) {
        out.add(active(e.getKey(), r.target()));
      }
    }
    return out;
  }

  private static ActiveTarget active(String pool, Target t) {
    Target.Status s = t.status();
    return new ActiveTarget(
        pool,
        t.discoveredLabels(),
        t.labels(),
        t.url(),
        s.error(),
        s.time(),
        s.seconds(),
        s.health(),
        t.intervalText(),
        t.timeoutText());
  }

  @Override
  public List<DroppedTarget> dropped(@Nullable String pool) {
    List<DroppedTarget> out = new ArrayList<>();
    for (Map.Entry<String, ScrapePool> e : selected(pool)) {
      for (Labels labels : e.getValue().view().dropped()) {
        out.add(new DroppedTarget(e.getKey(), labels));
      }
    }
    return out;
  }

  @Override
  public Map<String, Integer> droppedCounts() {
    Map<String, Integer> out = new LinkedHashMap<>();
    pools.forEach((name, pool) -> out.put(name, pool.view().droppedCount()));
    return out;
  }

  @Override
  public List<TargetMetadata> metadata() {
    List<TargetMetadata> out = new ArrayList<>();
    for (ScrapePool pool : pools.values()) {
      for (ScrapePool.Running r : pool.view().active()) {
        for (MetadataCache.Entry m : r.loop().memory().metadata().entries()) {
          out.add(new TargetMetadata(r.target().labels(), m.family(), m.metadata()));
        }
      }
    }
    return out;
  }

  /** The number of families that are cached, by job. */
  void collectEntries(Metrics.Sink sink) {
    collect(sink, MetadataCache::size);
  }

  /** How much text is cached, by job. */
  void collectBytes(Metrics.Sink sink) {
    collect(sink, MetadataCache::bytes);
  }

  private void collect(Metrics.Sink sink, ToLongFunction<MetadataCache> figure) {
    pools.forEach((name, pool) -> {
      long sum = 0;
      for (ScrapePool.Running r : pool.view().active()) {
        sum += figure.applyAsLong(r.loop().memory().metadata());
      }
      sink.add(sum, name);
    });
  }
}
