package io.narthex.storage.tsdb.internal.head;

/**
 * What a database takes at most. 0 is no limit.
 *
 * @param series in the head
 * @param seriesPerJob with one value of the label {@code job}
 * @param seriesPerMetric of one name
 * @param spaceForSeries usable bytes of the disk below which new series are refused
 * @param spaceForSamples usable bytes below which samples are refused, too
 * @param interval milliseconds between two looks at the disk
 */
public record Limits(
    long series,
    long seriesPerJob,
    long seriesPerMetric,
    long spaceForSeries,
    long spaceForSamples,
    long interval) {

  public static final long DEFAULT_SPACE_FOR_SERIES = 256L << 20;
  public static final long DEFAULT_SPACE_FOR_SAMPLES = 64L << 20;
  public static final long DEFAULT_INTERVAL = 5_000;

  public static final Limits DEFAULT =
      new Limits(0, 0, 0, DEFAULT_SPACE_FOR_SERIES, DEFAULT_SPACE_FOR_SAMPLES, DEFAULT_INTERVAL);

  /**
   * @throws IllegalArgumentException if a value is negative, or the interval not positive
   */
  public Limits {
    if (series < 0
        || seriesPerJob < 0
        || seriesPerMetric < 0
        || spaceForSeries < 0
        || spaceForSamples < 0) {
      throw new IllegalArgumentException("a limit must not be negative");
    }
    if (interval < 1) {
      throw new IllegalArgumentException("space.interval must be greater than 0");
    }
  }
}
