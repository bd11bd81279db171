package io.narthex.discovery.manager.internal;

import io.narthex.api.telemetry.Metrics;
import io.narthex.api.telemetry.Metrics.Counter;
import io.narthex.api.telemetry.Metrics.Family;
import io.narthex.api.telemetry.Metrics.Gauge;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** The figures of one manager. */
final class DiscoveryMetrics implements AutoCloseable {

  private final String name;
  private final Family<Gauge> failedConfigs;
  private final Family<Gauge> discovered;
  private final Family<Gauge> lastUpdate;
  private final Family<Counter> received;
  private final Family<Counter> delayed;
  private final Family<Counter> sent;
  private final Set<String> sets = new HashSet<>();

  final Counter receivedUpdates;
  final Counter delayedUpdates;
  final Counter sentUpdates;

  DiscoveryMetrics(Metrics metrics, String name) {
    this.name = name;
    failedConfigs =
        metrics.gauges(
            "prometheus_sd_failed_configs",
            "Current number of service discovery configurations that failed to load.",
            "name");
    discovered =
        metrics.gauges(
            "prometheus_sd_discovered_targets",
            "Current number of discovered targets.",
            "name",
            "config");
    lastUpdate =
        metrics.gauges(
            "prometheus_sd_last_update_timestamp_seconds",
            "Timestamp of the last update sent to the SD consumers.",
            "name",
            "config");
    received =
        metrics.counters(
            "prometheus_sd_received_updates_total",
            "Total number of update events received from the SD providers.",
            "name");
    delayed =
        metrics.counters(
            "prometheus_sd_updates_delayed_total",
            "Total number of update events that couldn't be sent immediately.",
            "name");
    sent =
        metrics.counters(
            "prometheus_sd_updates_total",
            "Total number of update events sent to the SD consumers.",
            "name");
    receivedUpdates = received.with(name);
    delayedUpdates = delayed.with(name);
    sentUpdates = sent.with(name);
    failedConfigs.with(name).set(0);
  }

  void failedConfigs(int n) {
    failedConfigs.with(name).set(n);
  }

  synchronized void discovered(String set, int targets) {
    sets.add(set);
    discovered.with(name, set).set(targets);
  }

  synchronized void updated(String set, Instant at) {
    sets.add(set);
    lastUpdate.with(name, set).set(at.toEpochMilli() / 1000.0);
  }

  /** Forgets sets that are no longer among these. */
  synchronized void retain(Set<String> current) {
    sets.removeIf(set -> {
      if (current.contains(set)) {
        return false;
      }
      discovered.remove(name, set);
      lastUpdate.remove(name, set);
      return true;
    });
  }

  @Override
  public void close() {
    retain(Set.of());
    failedConfigs.remove(name);
    received.remove(name);
    delayed.remove(name);
    sent.remove(name);
  }
}
