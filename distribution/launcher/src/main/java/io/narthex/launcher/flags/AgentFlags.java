package io.narthex.launcher.flags;

import static io.narthex.launcher.flags.FlagType.BOOLEAN;
import static io.narthex.launcher.flags.FlagType.BYTES;
import static io.narthex.launcher.flags.FlagType.DURATION;
import static io.narthex.launcher.flags.FlagType.INTEGER;
import static io.narthex.launcher.flags.FlagType.STRING;
import static io.narthex.launcher.flags.FlagType.WAL_COMPRESSION;
import static io.narthex.launcher.flags.Mode.AGENT;

import java.util.List;

/** The write-ahead log of the agent mode. */
final class AgentFlags {
  private AgentFlags() {}

  static List<Flag> all() {
    return List.of(
        Flag.of("storage.agent.path", STRING, "data-agent/", "Folder of the write-ahead log.")
            .in(AGENT),
        Flag.of(
                "storage.agent.wal-segment-size",
                BYTES,
                "0B",
                "Size at which the write-ahead log starts a new segment: 10MB to 256MB.")
            .in(AGENT)
            .asHidden(),
        Flag.of("storage.agent.wal-compression", BOOLEAN, "true", "Compress the write-ahead log.")
            .in(AGENT),
        Flag.of(
                "storage.agent.wal-compression-type",
                WAL_COMPRESSION,
                "snappy",
                "Compression of the write-ahead log: snappy or zstd.")
            .in(AGENT)
            .asHidden(),
        Flag.of(
                "storage.agent.wal-truncate-frequency",
                DURATION,
                "0s",
                "How often to truncate the write-ahead log; by default every 2h.")
            .in(AGENT)
            .asHidden(),
        Flag.of(
                "storage.agent.retention.min-time",
                DURATION,
                "5m",
                "Age that samples must have before a truncation may delete them.")
            .in(AGENT),
        Flag.of(
                "storage.agent.retention.max-time",
                DURATION,
                "4h",
                "Age at which a truncation deletes samples in any case.")
            .in(AGENT),
        Flag.of(
                "storage.agent.checkpoint-from-in-memory-series",
                BOOLEAN,
                "false",
                "Write checkpoints from the series in memory.")
            .in(AGENT),
        Flag.of(
                "storage.agent.checkpoint-batch-size",
                INTEGER,
                "1000",
                "Series in a batch of a checkpoint.")
            .in(AGENT),
        Flag.of(
                "storage.agent.no-lockfile",
                BOOLEAN,
                "false",
                "Create no lock file in the data folder.")
            .in(AGENT));
  }
}
