package io.narthex.api.config;

import org.jspecify.annotations.Nullable;

/**
 * The storage section.
 *
 * @param exemplars null where the section is missing
 */
public record StorageConfig(Tsdb tsdb, @Nullable Exemplars exemplars) {

  public static final StorageConfig DEFAULT = new StorageConfig(Tsdb.DEFAULT, null);

  /**
   * The database.
   *
   * @param outOfOrderTimeWindow milliseconds
   * @param staleSeriesCompactionThreshold ratio from 0 to 1, 0 for off
   * @param floatChunkEncoding {@code xor}, {@code xor2} or empty for the default
   */
  public record Tsdb(
      long outOfOrderTimeWindow,
      double staleSeriesCompactionThreshold,
      String floatChunkEncoding,
      Retention retention) {

    public static final Tsdb DEFAULT = new Tsdb(0, 0, "", Retention.NONE);
  }

  /**
   * What bounds the database; 0 for no bound. The flags' values where the file has no retention
   * section.
   *
   * @param time milliseconds
   * @param size bytes
   * @param percentage of the file system
   */
  public record Retention(long time, long size, double percentage) {
    public static final Retention NONE = new Retention(0, 0, 0);
  }

  /** The buffer of exemplars. */
  public record Exemplars(long maxExemplars) {
    public static final Exemplars DEFAULT = new Exemplars(100_000);
  }
}
