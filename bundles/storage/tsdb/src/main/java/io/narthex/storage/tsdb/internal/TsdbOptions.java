package io.narthex.storage.tsdb.internal;

import io.narthex.storage.tsdb.internal.wal.WalCompression;
import io.narthex.storage.tsdb.internal.wal.WalFormat;
import java.nio.file.Path;
import java.util.Set;

/** The database's settings, checked. */
record TsdbOptions(
    Path path,
    int walSegmentSize,
    WalCompression compression,
    boolean lockFile,
    long chunkRange,
    int samplesPerChunk,
    boolean metadataRecords,
    int maxExemplars,
    MaintenanceOptions maintenance) {

  /** Options with the default for what is not given. */
  TsdbOptions(
      Path path,
      int walSegmentSize,
      WalCompression compression,
      boolean lockFile,
      long chunkRange,
      int samplesPerChunk,
      boolean metadataRecords,
      int maxExemplars) {
    this(
        path,
        walSegmentSize,
        compression,
        lockFile,
        chunkRange,
        samplesPerChunk,
        metadataRecords,
        maxExemplars,
        MaintenanceOptions.DEFAULT);
  }

  TsdbOptions with(MaintenanceOptions other) {
    return new TsdbOptions(
        path,
        walSegmentSize,
        compression,
        lockFile,
        chunkRange,
        samplesPerChunk,
        metadataRecords,
        maxExemplars,
        other);
  }

  private static final int MIN_SEGMENT = 10 * 1024 * 1024;
  private static final int MAX_SEGMENT = 256 * 1024 * 1024;
  private static final int DEFAULT_EXEMPLARS = 100_000;

  /**
   * @throws IllegalArgumentException with the flag's name if a setting is not valid
   */
  static TsdbOptions of(TsdbConfig config) {
    Set<String> features = Set.of(config.enable$_$feature());
    long chunkRange = config.storage_tsdb_min$_$block$_$duration();
    if (chunkRange < 1) {
      throw new IllegalArgumentException(
          "flag 'storage.tsdb.min-block-duration' must be greater than 0");
    }
    int samples = config.storage_tsdb_samples$_$per$_$chunk();
    if (samples < 1) {
      throw new IllegalArgumentException(
          "flag 'storage.tsdb.samples-per-chunk' must be greater than 0");
    }
    return new TsdbOptions(
        Path.of(config.storage_tsdb_path()),
        segmentSize(config.storage_tsdb_wal$_$segment$_$size()),
        WalCompression.of(
            config.storage_tsdb_wal$_$compression(),
            config.storage_tsdb_wal$_$compression$_$type()),
        !config.storage_tsdb_no$_$lockfile(),
        chunkRange,
        samples,
        features.contains("metadata-wal-records"),
        features.contains("exemplar-storage") ? DEFAULT_EXEMPLARS : 0,
        MaintenanceOptions.of(config));
  }

  private static int segmentSize(long size) {
    if (size == 0) {
      return WalFormat.DEFAULT_SEGMENT_SIZE;
    }
    if (size < MIN_SEGMENT || size > MAX_SEGMENT) {
      throw new IllegalArgumentException(
          "flag 'storage.tsdb.wal-segment-size' must be set between 10MB and 256MB");
    }
    return (int) (size / WalFormat.PAGE_SIZE) * WalFormat.PAGE_SIZE;
  }
}
