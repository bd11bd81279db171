package io.narthex.storage.tsdb.internal.retention;

/**
 * What bounds the blocks of a database; 0 is no bound.
 *
 * @param time milliseconds before the end of the newest block
 * @param size bytes of the directory
 * @param percentage of the file system; above 0 it takes the place of the size
 */
public record RetentionLimits(long time, long size, double percentage) {

  private static final long MAX_TIME = 100L * 365 * 24 * 3_600_000;

  public static final RetentionLimits NONE = new RetentionLimits(0, 0, 0);

  /** No time is above 100 years. */
  public RetentionLimits {
    if (time < 0 || time > MAX_TIME) {
      time = MAX_TIME;
    }
  }

  /**
   * The bytes that the directory may have, 0 for no bound.
   *
   * @param fileSystemBytes the size of the file system, 0 if it is not known
   */
  public long bytes(long fileSystemBytes) {
    if (percentage > 0 && fileSystemBytes > 0) {
      return (long) (fileSystemBytes * percentage / 100);
    }
    return Math.max(size, 0);
  }
}
