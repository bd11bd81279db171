package io.narthex.storage.tsdb.internal;

import io.narthex.storage.tsdb.internal.compact.CompactionRanges;
import io.narthex.storage.tsdb.internal.retention.RetentionLimits;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How blocks are made and kept.
 *
 * @param maxBlockDuration milliseconds; 0 for a tenth of the retention time, at most 31 days
 * @param overlapping whether blocks that overlap are compacted
 * @param chunkSegmentSize the most bytes of a file of chunks
 * @param uploadedFile the list of blocks that may be compacted, null for all
 * @param reloadInterval milliseconds between two looks
 * @param delayPercent of the chunk range that a head block may be made later, 0 for at once
 */
record MaintenanceOptions(
    long maxBlockDuration,
    boolean overlapping,
    long chunkSegmentSize,
    @Nullable Path uploadedFile,
    long reloadInterval,
    int delayPercent) {

  private static final Logger log = LoggerFactory.getLogger(MaintenanceOptions.class);

  private static final long MIN_CHUNK_SEGMENT = 1 << 20;
  private static final long MIN_RELOAD_INTERVAL = 1000;
  private static final int DEFAULT_DELAY_PERCENT = 10;
  private static final long DAY = 24 * 60 * 60 * 1000L;
  private static final long LONGEST_BLOCK = 31 * DAY;

  static final MaintenanceOptions DEFAULT =
      new MaintenanceOptions(0, true, 512L << 20, null, 60_000, 0);

  /**
   * Reads the settings; of those that are out of bounds without being dangerous, the log tells.
   *
   * @throws IllegalArgumentException with the flag's name if a setting is not valid
   */
  static MaintenanceOptions of(TsdbConfig config) {
    long segment = config.storage_tsdb_max$_$block$_$chunk$_$segment$_$size();
    if (segment != 0 && segment < MIN_CHUNK_SEGMENT) {
      throw new IllegalArgumentException(
          "flag 'storage.tsdb.max-block-chunk-segment-size' must be set over 1MB");
    }
    String uploaded = config.storage_tsdb_delay$_$compact$_$file_path();
    return new MaintenanceOptions(
        config.storage_tsdb_max$_$block$_$duration(),
        config.storage_tsdb_allow$_$overlapping$_$compaction(),
        segment == 0 ? DEFAULT.chunkSegmentSize : segment,
        uploaded.isEmpty() ? null : Path.of(uploaded),
        reloadInterval(config.storage_tsdb_block$_$reload$_$interval()),
        Set.of(config.enable$_$feature()).contains("delayed-compaction")
            ? delayPercent(config.storage_tsdb_delayed$_$compaction_max$_$percent())
            : 0);
  }

  private static long reloadInterval(long millis) {
    if (millis < MIN_RELOAD_INTERVAL) {
      log.atWarn()
          .addKeyValue("configured_ms", millis)
          .log("Option --storage.tsdb.block-reload-interval is less than 1s; 1s is used");
      return MIN_RELOAD_INTERVAL;
    }
    return millis;
  }

  private static int delayPercent(int percent) {
    if (percent < 1 || percent > 100) {
      log.atWarn()
          .addKeyValue("configured", percent)
          .log(
              "Option --storage.tsdb.delayed-compaction.max-percent is not between 1 and 100; 10 is"
                  + " used");
      return DEFAULT_DELAY_PERCENT;
    }
    return percent;
  }

  /** The durations of blocks. */
  CompactionRanges ranges(long minBlockDuration, RetentionLimits retention) {
    long max = maxBlockDuration;
    if (max == 0) {
      max = LONGEST_BLOCK;
      if (retention.time() > 0 && retention.time() / 10 < max) {
        max = retention.time() / 10;
      }
    }
    return CompactionRanges.of(minBlockDuration, max);
  }
}
