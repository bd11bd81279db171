package io.narthex.scrape.internal.loop;

import java.util.List;

/**
 * What can be switched on for scraping.
 *
 * @param startTimestamps take {@code _created} lines as start timestamps and store them
 * @param metadata give metadata to the storage
 * @param exemplars give exemplars to the storage
 * @param extraMetrics report timeout, sample limit and body size of every target
 */
public record Features(
    boolean startTimestamps, boolean metadata, boolean exemplars, boolean extraMetrics) {

  /** Nothing switched on. */
  public static final Features NONE = new Features(false, false, false, false);

  /** By the names of the {@code --enable-feature} flag; unknown ones concern others. */
  public static Features of(List<String> names) {
    return new Features(
        names.contains("created-timestamp-zero-ingestion"),
        names.contains("metadata-wal-records"),
        names.contains("exemplar-storage"),
        names.contains("extra-scrape-metrics"));
  }
}
