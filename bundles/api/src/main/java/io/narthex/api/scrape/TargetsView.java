package io.narthex.api.scrape;

import io.narthex.model.Labels;
import io.narthex.model.MetricMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The targets of all scrape pools, as the API shows them. */
@ProviderType
public interface TargetsView {

  /** Whether the last scrape succeeded. */
  enum Health {
    UNKNOWN,
    UP,
    DOWN
  }

  /**
   * @param lastScrape null before the first
   * @param lastScrapeSeconds how long it took
   * @param interval duration text, for instance {@code 15s}
   */
  record ActiveTarget(
      String pool,
      Labels discoveredLabels,
      Labels labels,
      String scrapeUrl,
      String lastError,
      @Nullable Instant lastScrape,
      double lastScrapeSeconds,
      Health health,
      String interval,
      String timeout) {}

  record DroppedTarget(String pool, Labels discoveredLabels) {}

  /**
   * @param family of the metric
   */
  record TargetMetadata(Labels target, String family, MetricMetadata metadata) {}

  /** Names of the pools, sorted. */
  List<String> pools();

  /** Of one pool or, for null, of all; by pool, then in the order of discovery. */
  List<ActiveTarget> active(@Nullable String pool);

  List<DroppedTarget> dropped(@Nullable String pool);

  /** Exact counts, also of those that are not kept for show. */
  Map<String, Integer> droppedCounts();

  /** Metadata of every family of every target, in the pools' order. */
  List<TargetMetadata> metadata();
}
