package io.narthex.storage.tsdb.internal.block;

import io.narthex.storage.tsdb.internal.block.chunkfile.ChunkFileWriter;
import io.narthex.storage.tsdb.internal.block.index.IndexWriter;
import io.narthex.storage.tsdb.internal.disk.Disk;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes blocks. A block gets a name that shows it to be unfinished, becomes durable there, and
 * only then its own name; so it is there whole or not at all.
 */
public final class BlockWriter {

  static final String CHUNKS = "chunks";
  static final String INDEX = "index";
  static final String CREATION_SUFFIX = ".tmp-for-creation";

  /** Encodings whose sample count is 14 bits long. */
  private static final int FIRST_WITH_SHORT_COUNT = 5;

  private static final int SHORT_COUNT = 0x3FFF;

  private final Disk disk;
  private final Path data;
  private final long segmentSize;

  /**
   * @param data the directory that gets the blocks
   * @param segmentSize the most bytes of a chunk file
   */
  public BlockWriter(Disk disk, Path data, long segmentSize) {
    this.disk = disk;
    this.data = data;
    this.segmentSize = segmentSize;
  }

  /**
   * Writes everything that the source has; the caller closes it.
   *
   * @param draft the block's meta data except the statistics
   * @return the meta data as written; null, and no block, if the source has no series
   */
  public @Nullable BlockMeta write(BlockMeta draft, SeriesChunks source) throws IOException {
    Path temporary = data.resolve(draft.ulid() + CREATION_SUFFIX);
    disk.deleteTree(temporary);
    disk.createDirectory(temporary);
    disk.createDirectory(temporary.resolve(CHUNKS));
    BlockMeta meta;
    try {
      meta = draft.withStats(writeContent(temporary, source));
      if (meta.stats().numSeries() == 0) {
        disk.deleteTree(temporary);
        return null;
      }
      TombstoneFile.write(disk, temporary, BlockTombstones.NONE);
      disk.forceDirectory(temporary.resolve(CHUNKS));
      disk.replace(temporary.resolve(MetaFile.NAME), MetaFile.bytes(meta));
      disk.rename(temporary, data.resolve(draft.ulid().toString()));
      disk.forceDirectory(data);
    } catch (IOException | RuntimeException e) {
      try {
        disk.deleteTree(temporary);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
    return meta;
  }

  private BlockMeta.Stats writeContent(Path directory, SeriesChunks source) throws IOException {
    long series = 0;
    long chunks = 0;
    long floats = 0;
    long histograms = 0;
    long[] refs = new long[16];
    try (ChunkFileWriter chunkFiles =
            new ChunkFileWriter(disk, directory.resolve(CHUNKS), segmentSize);
        IndexWriter index = IndexWriter.begin(disk, directory.resolve(INDEX), source)) {
      while (source.next()) {
        int n = source.chunkCount();
        if (n > refs.length) {
          refs = Arrays.copyOf(refs, Math.max(n, refs.length * 2));
        }
        for (int i = 0; i < n; i++) {
          MemorySegment chunk = source.data(i);
          int encoding = source.encoding(i);
          int samples = samples(encoding, chunk);
          if (isHistogram(encoding)) {
            histograms += samples;
          } else {
            floats += samples;
          }
          refs[i] = chunkFiles.write(encoding, chunk);
        }
        index.addSeries(refs);
        series++;
        chunks += n;
      }
      chunkFiles.finish();
      index.finish();
    }
    return new BlockMeta.Stats(floats + histograms, floats, histograms, series, chunks, 0);
  }

  private static boolean isHistogram(int encoding) {
    return encoding == 2 || encoding == 3 || encoding >= FIRST_WITH_SHORT_COUNT;
  }

  private static int samples(int encoding, MemorySegment chunk) throws IOException {
    if (chunk.byteSize() < 2) {
      throw new IOException("a chunk of " + chunk.byteSize() + " bytes cannot be written");
    }
    int n =
        (chunk.get(ValueLayout.JAVA_BYTE, 0) & 0xFF) << 8
            | (chunk.get(ValueLayout.JAVA_BYTE, 1) & 0xFF);
    return encoding >= FIRST_WITH_SHORT_COUNT ? n & SHORT_COUNT : n;
  }
}
