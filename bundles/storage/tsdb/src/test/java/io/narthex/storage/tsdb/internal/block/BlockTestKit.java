package io.narthex.storage.tsdb.internal.block;

import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.block.ListedSeries.Chunk;
import io.narthex.storage.tsdb.internal.block.chunkfile.ChunkFileFormat;
import io.narthex.storage.tsdb.internal.chunk.XorChunk;
import io.narthex.storage.tsdb.internal.chunk.XorFormat;
import io.narthex.storage.tsdb.internal.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Blocks that tests make. */
public final class BlockTestKit {

  public static final Ulid ULID = Objects.requireNonNull(Ulid.parse("01HF4ZZZZZ0123456789ABCDEF"));
  public static final long T = 1_700_006_400_000L;

  private BlockTestKit() {}

  /** Chunks of 120 float samples. */
  public static List<Chunk> floats(long[] times, double[] values) {
    List<Chunk> out = new ArrayList<>();
    for (int from = 0; from < times.length; from += 120) {
      int to = Math.min(times.length, from + 120);
      XorChunk c = new XorChunk();
      for (int i = from; i < to; i++) {
        c.add(times[i], values[i]);
      }
      out.add(
          new Chunk(
              times[from],
              times[to - 1],
              XorFormat.ENCODING,
              Arrays.copyOf(c.array(), c.length())));
    }
    return out;
  }

  /** Many series of regular and irregular samples within two hours. */
  public static Map<Labels, List<Chunk>> example(int series, int samples) {
    Map<Labels, List<Chunk>> out = new TreeMap<>();
    for (int s = 0; s < series; s++) {
      long[] times = new long[samples];
      double[] values = new double[samples];
      for (int i = 0; i < samples; i++) {
        times[i] = T + i * 15_000L + (s % 3 == 0 ? 0 : (i * 7919L * s) % 1000);
        values[i] = s % 4 == 0 ? i : s % 4 == 1 ? Math.sin(i + s) : (double) s * i;
      }
      out.put(
          Labels.of(
              "__name__",
              "metric_" + s % 7,
              "instance",
              "host é " + s / 5,
              "n",
              "" + s,
              s % 2 == 0 ? "even" : "odd",
              "\"yes\""),
          floats(times, values));
    }
    return out;
  }

  public static BlockMeta draft(Ulid ulid, long minTime, long maxTime) {
    return new BlockMeta(
        ulid,
        minTime,
        maxTime,
        BlockMeta.Stats.NONE,
        BlockMeta.Compaction.fromHead(ulid, List.of()));
  }

  /** Writes a block of two hours from {@link #T} on. */
  public static Path write(Path data, Ulid ulid, Map<Labels, List<Chunk>> series)
      throws IOException {
    BlockWriter writer = new BlockWriter(Disk.SYSTEM, data, ChunkFileFormat.DEFAULT_SEGMENT_SIZE);
    try (ListedSeries source = new ListedSeries(series)) {
      Objects.requireNonNull(writer.write(draft(ulid, T, T + 7_200_000), source));
    }
    return data.resolve(ulid.toString());
  }
}
