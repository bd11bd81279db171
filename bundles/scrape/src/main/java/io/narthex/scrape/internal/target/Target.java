package io.narthex.scrape.internal.target;

import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.exposition.ReaderOptions;
import io.narthex.api.scrape.TargetsView.Health;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.PromDuration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One address to scrape, and how the last scrape of it went. */
public final class Target {

  /**
   * The outcome of the last scrape.
   *
   * @param time null before the first
   */
  public record Status(Health health, String error, @Nullable Instant time, double seconds) {
    static final Status UNKNOWN = new Status(Health.UNKNOWN, "", null, 0);
  }

  private final Labels labels;
  private final Labels publicLabels;
  private final String url;
  private final long hash;
  private volatile Labels discoveredLabels;
  private volatile Status status = Status.UNKNOWN;

  private Target(Labels discovered, Labels labels, String url) {
    this.discoveredLabels = discovered;
    this.labels = labels;
    this.url = url;
    this.publicLabels = withoutInternal(labels);
    this.hash = Fnv64.hash(padded(labels.stableHash()) + url);
  }

  /**
   * The target of the labels that {@link TargetLabels} has made.
   *
   * @param labels after relabelling
   */
  public static Target of(ScrapeConfig job, Labels discovered, Labels labels) {
    return new Target(discovered, labels, TargetUrl.of(labels, job.params()));
  }

  private static Labels withoutInternal(Labels labels) {
    LabelsBuilder b = new LabelsBuilder();
    labels.forEach((name, value) -> {
      if (!name.startsWith("__")) {
        b.set(name, value);
      }
    });
    return b.build();
  }

  /** The unsigned number with at least 16 digits. */
  private static String padded(long unsigned) {
    String digits = Long.toUnsignedString(unsigned);
    return "0".repeat(Math.max(0, 16 - digits.length())) + digits;
  }

  /** Equal for targets that are scraped in the same way from the same address. */
  public long hash() {
    return hash;
  }

  /** The labels that its series carry. */
  public Labels labels() {
    return publicLabels;
  }

  public Labels discoveredLabels() {
    return discoveredLabels;
  }

  /** The same target was discovered with other labels. */
  public void setDiscoveredLabels(Labels next) {
    discoveredLabels = next;
  }

  public String url() {
    return url;
  }

  /** The path of the socket to connect to instead of the address, or null. */
  public @Nullable String unixSocket() {
    return labels.find("__unix_socket__");
  }

  /** How its bodies are to be read. */
  public ReaderOptions readerOptions(boolean startTimestamps) {
    return new ReaderOptions(
        startTimestamps,
        TargetLabels.isOn(labels, TargetLabels.NATIVE),
        TargetLabels.isOn(labels, TargetLabels.TO_NHCB),
        TargetLabels.isOn(labels, TargetLabels.ALWAYS_CLASSIC));
  }

  /** As it stands in the labels: a duration's text. */
  public String intervalText() {
    return labels.get(TargetLabels.INTERVAL);
  }

  public String timeoutText() {
    return labels.get(TargetLabels.TIMEOUT);
  }

  /** Milliseconds. */
  public long interval() {
    return PromDuration.parse(intervalText());
  }

  /** Milliseconds. */
  public long timeout() {
    return PromDuration.parse(timeoutText());
  }

  public Status status() {
    return status;
  }

  public void report(Status next) {
    status = next;
  }
}
