package io.narthex.scrape.internal.loop;

import io.narthex.api.telemetry.Metrics;
import io.narthex.api.telemetry.Metrics.Collector;
import io.narthex.api.telemetry.Metrics.Counter;
import io.narthex.api.telemetry.Metrics.Family;
import io.narthex.api.telemetry.Metrics.Gauge;
import io.narthex.api.telemetry.Metrics.Observer;
import io.narthex.api.telemetry.Metrics.Registration;
import java.util.ArrayList;
import java.util.List;

/** What scraping says of itself, under the reference's names. */
public final class ScrapeMetrics implements AutoCloseable {

  private static final double[] QUANTILES = {0.01, 0.05, 0.5, 0.9, 0.99};
  private static final double[] BOUNDS = {.01, .1, 1, 10};

  private final Metrics metrics;
  private final List<Registration> registrations = new ArrayList<>();

  public final Counter pools;
  public final Counter poolsFailed;
  public final Counter reloads;
  public final Counter reloadsFailed;
  public final Counter exceededTargetLimit;
  final Counter exceededLabelLimits;
  final Counter exceededSampleLimit;
  final Counter exceededBodySizeLimit;
  final Counter exceededBucketLimit;
  final Counter duplicates;
  final Counter outOfOrder;
  final Counter outOfBounds;
  final Counter exemplarsOutOfOrder;
  final Counter flushesForced;
  final Observer duration;
  public final Family<Observer> reloadLength;
  public final Family<Counter> syncs;
  public final Family<Observer> syncLength;
  public final Family<Observer> syncLengthHistogram;
  public final Family<Counter> syncFailed;
  public final Family<Gauge> targets;
  public final Family<Gauge> targetLimit;
  public final Family<Gauge> symbols;
  final Family<Observer> intervalLength;
  final Family<Observer> intervalLengthHistogram;

  public ScrapeMetrics(Metrics metrics) {
    this.metrics = metrics;
    pools = counter("scrape_pools_total", "Total number of scrape pool creation attempts.");
    poolsFailed =
        counter("scrape_pools_failed_total", "Total number of scrape pool creations that failed.");
    reloads = counter("scrape_pool_reloads_total", "Total number of scrape pool reloads.");
    reloadsFailed =
        counter("scrape_pool_reloads_failed_total", "Total number of failed scrape pool reloads.");
    exceededTargetLimit =
        counter(
            "scrape_pool_exceeded_target_limit_total",
            "Total number of times scrape pools hit the target limit, during sync or config"
                + " reload.");
    exceededLabelLimits =
        counter(
            "scrape_pool_exceeded_label_limits_total",
            "Total number of times scrape pools hit the label limits, during sync or config"
                + " reload.");
    exceededSampleLimit =
        counter(
            "scrapes_exceeded_sample_limit_total",
            "Total number of scrapes that hit the sample limit and were rejected.");
    exceededBodySizeLimit =
        counter(
            "scrapes_exceeded_body_size_limit_total",
            "Total number of scrapes that hit the body size limit");
    exceededBucketLimit =
        counter(
            "scrapes_exceeded_native_histogram_bucket_limit_total",
            "Total number of scrapes that hit the native histogram bucket limit and were"
                + " rejected.");
    duplicates =
        counter(
            "scrapes_sample_duplicate_timestamp_total",
            "Total number of samples rejected due to duplicate timestamps but different values.");
    outOfOrder =
        counter(
            "scrapes_sample_out_of_order_total",
            "Total number of samples rejected due to not being out of the expected order.");
    outOfBounds =
        counter(
            "scrapes_sample_out_of_bounds_total",
            "Total number of samples rejected due to timestamp falling outside of the time"
                + " bounds.");
    exemplarsOutOfOrder =
        counter(
            "scrapes_exemplar_out_of_order_total",
            "Total number of exemplar rejected due to not being out of the expected order.");
    flushesForced =
        counter(
            "scrapes_cache_flush_forced_total",
            "How many times a scrape cache was flushed due to getting big while scrapes are"
                + " failing.");
    duration =
        metrics.histogram(
            name("scrape_duration_seconds"),
            "Total duration of the scrape from start to commit completion in seconds.");
    reloadLength =
        summaries(
            "reload_length_seconds",
            "Actual interval to reload the scrape pool with a given configuration.",
            "interval");
    syncs =
        keep(
            metrics.counters(
                name("scrape_pool_sync_total"),
                "Total number of syncs that were executed on a scrape pool.",
                "scrape_job"));
    syncLength =
        summaries("sync_length_seconds", "Actual interval to sync the scrape pool.", "scrape_job");
    syncLengthHistogram =
        histograms(
            "sync_length_histogram_seconds",
            "Actual interval to sync the scrape pool.",
            "scrape_job");
    syncFailed =
        keep(
            metrics.counters(
                name("sync_failed_total"), "Total number of target sync failures.", "scrape_job"));
    targets = gauges("scrape_pool_targets", "Current number of targets in this scrape pool.");
    targetLimit =
        gauges(
            "scrape_pool_target_limit", "Maximum number of targets allowed in this scrape pool.");
    symbols =
        gauges(
            "scrape_pool_symboltable_items",
            "Current number of symbols in table for this scrape pool.");
    intervalLength =
        summaries("interval_length_seconds", "Actual intervals between scrapes.", "interval");
    intervalLengthHistogram =
        histograms(
            "interval_length_histogram_seconds", "Actual intervals between scrapes.", "interval");
  }

  /** The metadata caches' sizes, asked for when they are collected, by {@code scrape_job}. */
  public void collectMetadata(Collector entries, Collector bytes) {
    registrations.add(
        metrics.collect(
            name("metadata_cache_entries"),
            "Total number of metric metadata entries in the cache",
            false,
            List.of("scrape_job"),
            entries));
    registrations.add(
        metrics.collect(
            name("metadata_cache_bytes"),
            "The number of bytes that are currently used for storing metric metadata in the cache",
            false,
            List.of("scrape_job"),
            bytes));
  }

  /** Forgets what was said of a pool that has gone. */
  public void removePool(String job) {
    syncs.remove(job);
    syncLength.remove(job);
    syncLengthHistogram.remove(job);
    syncFailed.remove(job);
    targets.remove(job);
    targetLimit.remove(job);
    symbols.remove(job);
  }

  @Override
  public void close() {
    registrations.forEach(Registration::close);
    registrations.clear();
  }

  private static String name(String rest) {
    return "prometheus_target_" + rest;
  }

  private <M, F extends Family<M>> F keep(F family) {
    registrations.add(family);
    return family;
  }

  private Counter counter(String rest, String help) {
    return metrics.counter(name(rest), help);
  }

  private Family<Gauge> gauges(String rest, String help) {
    return keep(metrics.gauges(name(rest), help, "scrape_job"));
  }

  private Family<Observer> summaries(String rest, String help, String label) {
    return keep(metrics.summaries(name(rest), help, QUANTILES, label));
  }

  private Family<Observer> histograms(String rest, String help, String label) {
    return keep(metrics.histograms(name(rest), help, BOUNDS, label));
  }
}
