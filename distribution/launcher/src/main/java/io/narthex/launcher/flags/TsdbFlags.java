package io.narthex.launcher.flags;

import static io.narthex.launcher.flags.FlagType.BOOLEAN;
import static io.narthex.launcher.flags.FlagType.BYTES;
import static io.narthex.launcher.flags.FlagType.DURATION;
import static io.narthex.launcher.flags.FlagType.INTEGER;
import static io.narthex.launcher.flags.FlagType.STRING;
import static io.narthex.launcher.flags.FlagType.WAL_COMPRESSION;
import static io.narthex.launcher.flags.Mode.SERVER;
import static io.narthex.launcher.flags.Support.NEEDLESS;

import java.util.List;

/** The database of the server mode. */
final class TsdbFlags {
  private TsdbFlags() {}

  static List<Flag> all() {
    return List.of(
        Flag.of("storage.tsdb.path", STRING, "data/", "Folder of the database.").in(SERVER),
        Flag.of("storage.tsdb.min-block-duration", DURATION, "2h", "Shortest time a block covers.")
            .in(SERVER)
            .asHidden(),
        Flag.of(
                "storage.tsdb.max-block-duration",
                DURATION,
                "0s",
                "Longest time a block covers; by default a tenth of the retention time, at most 31d.")
            .in(SERVER)
            .asHidden(),
        Flag.of(
                "storage.tsdb.max-block-chunk-segment-size",
                BYTES,
                "0B",
                "Largest size of a chunk segment file of a block.")
            .in(SERVER)
            .asHidden(),
        Flag.of(
                "storage.tsdb.wal-segment-size",
                BYTES,
                "0B",
                "Size at which the write-ahead log starts a new segment: 10MB to 256MB.")
            .in(SERVER)
            .asHidden(),
        Flag.of(
                "storage.tsdb.retention.time",
                DURATION,
                "0s",
                "Deprecated: use the configuration file. How long to keep samples; 15d if no retention is set at all.")
            .in(SERVER),
        Flag.of(
                "storage.tsdb.retention.size",
                BYTES,
                "0B",
                "Deprecated: use the configuration file. How many bytes of blocks to keep; a unit is mandatory, 1KB is 1024B.")
            .in(SERVER),
        Flag.of(
                "storage.tsdb.no-lockfile",
                BOOLEAN,
                "false",
                "Create no lock file in the data folder.")
            .in(SERVER),
        Flag.of(
                "storage.tsdb.allow-overlapping-compaction",
                BOOLEAN,
                "true",
                "Compact blocks that overlap in time.")
            .in(SERVER)
            .asHidden(),
        Flag.of("storage.tsdb.wal-compression", BOOLEAN, "true", "Compress the write-ahead log.")
            .in(SERVER)
            .asHidden(),
        Flag.of(
                "storage.tsdb.wal-compression-type",
                WAL_COMPRESSION,
                "snappy",
                "Compression of the write-ahead log: snappy or zstd.")
            .in(SERVER)
            .asHidden(),
        Flag.of(
                "storage.tsdb.head-chunks-write-queue-size",
                INTEGER,
                "0",
                "Size of the queue in front of the writer of head chunks; 0 writes at once.")
            .in(SERVER)
            .with(NEEDLESS),
        Flag.of("storage.tsdb.samples-per-chunk", INTEGER, "120", "Samples that a chunk aims at.")
            .in(SERVER)
            .asHidden(),
        Flag.of(
                "storage.tsdb.delayed-compaction.max-percent",
                INTEGER,
                "10",
                "Longest random delay of the compaction of the head, in percent of the chunk range.")
            .in(SERVER)
            .asHidden(),
        Flag.of(
                "storage.tsdb.delay-compact-file.path",
                STRING,
                "",
                "Path of a JSON file that names uploaded blocks; others are not compacted.")
            .in(SERVER),
        Flag.of(
                "storage.tsdb.block-reload-interval",
                DURATION,
                "1m",
                "How often to look for new blocks; at least 1s.")
            .in(SERVER)
            .asHidden());
  }
}
