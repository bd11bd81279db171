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
      name = "storage.tsdb.samples-per-chunk",
      description = "Target number of samples per chunk.")
  int storage_tsdb_samples$_$per$_$chunk() default 120;

  @AttributeDefinition(
      name = "enable-feature",
      description = "Features; exemplar-storage and metadata-wal-records are of this database.")
  String[] enable$_$feature() default {};
}
