package io.narthex.storage.tsdb.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the local database; each is the command line's flag of the same name. */
@ObjectClassDefinition(
    name = "Narthex TSDB",
    description = "The local time series database. A change closes and opens it again.")
public @interface TsdbConfig {

  @AttributeDefinition(name = "storage.tsdb.path", description = "Base path for metrics storage.")
  String storage_tsdb_path() default "data/";

  @AttributeDefinition(
      name = "storage.tsdb.wal-segment-size",
      description =
          "Size at which to split the WAL segment files, 10MB to 256MB, in bytes; 0 for 128MB.")
  long storage_tsdb_wal$_$segment$_$size() default 0;

  @AttributeDefinition(
      name = "storage.tsdb.wal-compression",
      description = "Whether records in the WAL are compressed.")
  boolean storage_tsdb_wal$_$compression() default true;

  @AttributeDefinition(name = "storage.tsdb.wal-compression-type", description = "snappy or zstd.")
  String storage_tsdb_wal$_$compression$_$type() default "snappy";

  @AttributeDefinition(
      name = "storage.tsdb.no-lockfile",
      description = "Do not create a lock file in the data directory.")
  boolean storage_tsdb_no$_$lockfile() default false;

  @AttributeDefinition(
      name = "storage.tsdb.min-block-duration",
      description = "The range of chunks, and of the smallest block, in milliseconds.")
  long storage_tsdb_min$_$block$_$duration() default 7_200_000;

  @AttributeDefinition(
      name = "storage.tsdb.max-block-duration",
      description =
          "The longest time that a block covers, in milliseconds; 0 for a tenth of the retention"
              + " time, at most 31 days.")
  long storage_tsdb_max$_$block$_$duration() default 0;

  @AttributeDefinition(
      name = "storage.tsdb.max-block-chunk-segment-size",
      description = "The most bytes of a file of chunks in a block, at least 1MB; 0 for 512MB.")
  long storage_tsdb_max$_$block$_$chunk$_$segment$_$size() default 0;

  @AttributeDefinition(
      name = "storage.tsdb.allow-overlapping-compaction",
      description = "Whether blocks that overlap in time are compacted.")
  boolean storage_tsdb_allow$_$overlapping$_$compaction() default true;

  @AttributeDefinition(
      name = "storage.tsdb.delay-compact-file.path",
      description = "A JSON file that lists uploaded blocks; others are not compacted.")
  String storage_tsdb_delay$_$compact$_$file_path() default "";

  @AttributeDefinition(
      name = "storage.tsdb.delayed-compaction.max-percent",
      description =
          "How much later than possible a block of the head is made at most, in percent of its"
              + " range, with the feature delayed-compaction.")
  int storage_tsdb_delayed$_$compaction_max$_$percent() default 10;

  @AttributeDefinition(
      name = "storage.tsdb.block-reload-interval",
      description = "Milliseconds between two looks at the blocks, at least 1000.")
  long storage_tsdb_block$_$reload$_$interval() default 60_000;

  @AttributeDefinition(
      name = "storage.tsdb.samples-per-chunk",
      description = "Target number of samples per chunk.")
  int storage_tsdb_samples$_$per$_$chunk() default 120;

  @AttributeDefinition(
      name = "enable-feature",
      description = "Features; exemplar-storage and metadata-wal-records are of this database.")
  String[] enable$_$feature() default {};
}
