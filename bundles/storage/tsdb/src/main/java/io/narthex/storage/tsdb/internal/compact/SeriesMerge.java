package io.narthex.storage.tsdb.internal.compact;

import io.narthex.storage.tsdb.internal.block.Intervals;
import io.narthex.storage.tsdb.internal.block.SeriesChunks;
import io.narthex.storage.tsdb.internal.chunk.HistogramChunk;
import io.narthex.storage.tsdb.internal.chunk.HistogramChunk.Reset;
import io.narthex.storage.tsdb.internal.chunk.Xor2Format;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one list of chunks of those that several sources have of one series: in the order of time,
 * without overlaps, and without what was deleted. Chunks that can stay as they are are handed on;
 * of equal ones, one is. Of samples of one time, that of the chunk that begins first is kept.
 */
final class SeriesMerge {

  /** Samples in a chunk that is made of several. */
  private static final int MERGED_SAMPLES = 120;

  /** A chunk of a source, or one that was made here. */
  record Chunk(long minTime, long maxTime, int encoding, MemorySegment data, Intervals deleted) {

    boolean isTouched() {
      return deleted.overlaps(minTime, maxTime);
    }

    boolean isSame(Chunk other) {
      return minTime == other.minTime
          && maxTime == other.maxTime
          && encoding == other.encoding
          && deleted.equals(other.deleted)
          && data.mismatch(other.data) == -1;
    }
  }

  private final List<Chunk> in = new ArrayList<>();
  private final List<Chunk> group = new ArrayList<>();
  private final List<Chunk> out = new ArrayList<>();
  private final List<ChunkSamples> spare = new ArrayList<>();
  private final List<ChunkSamples> open = new ArrayList<>();
  private final EncodedChunks encoded =
      new EncodedChunks((min, max, encoding, data) ->
          out.add(new Chunk(min, max, encoding, data, Intervals.NONE)));

  void clear() {
    in.clear();
    out.clear();
  }

  /** Adds the current series of a source. */
  void add(SeriesChunks source) throws IOException {
    Intervals deleted = source.deleted();
    for (int i = 0; i < source.chunkCount(); i++) {
      long min = source.minTime(i);
      long max = source.maxTime(i);
      if (!deleted.covers(min, max)) {
        in.add(new Chunk(min, max, source.encoding(i), source.data(i), deleted));
      }
    }
  }

  /** Merges what was added. */
  List<Chunk> merge() throws IOException {
    in.sort(Comparator.comparingLong(Chunk::minTime));
    long end = Long.MIN_VALUE;
    for (Chunk chunk : in) {
      if (group.isEmpty() || chunk.minTime > end) {
        finishGroup();
        end = chunk.maxTime;
      }
      if (!isThere(chunk)) {
        group.add(chunk);
        end = Math.max(end, chunk.maxTime);
      }
    }
    finishGroup();
    return out;
  }

  private boolean isThere(Chunk chunk) {
    for (int i = group.size() - 1; i >= 0 && group.get(i).minTime == chunk.minTime; i--) {
      if (group.get(i).isSame(chunk)) {
        return true;
      }
    }
    return false;
  }

  private void finishGroup() throws IOException {
    if (group.size() == 1 && !group.getFirst().isTouched()) {
      out.add(group.getFirst());
    } else if (!group.isEmpty()) {
      try {
        encodeGroup();
      } catch (IllegalStateException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
    group.clear();
  }

  private void encodeGroup() throws IOException {
    boolean single = group.size() == 1;
    encoded.begin(
        single ? Integer.MAX_VALUE : MERGED_SAMPLES,
        single ? reset(group.getFirst()) : Reset.UNKNOWN,
        group.stream().anyMatch(c -> c.encoding == Xor2Format.ENCODING));
    int begun = 0;
    while (begun < group.size() || !open.isEmpty()) {
      ChunkSamples first = first();
      if (begun < group.size() && (first == null || group.get(begun).minTime <= first.time())) {
        open(group.get(begun++));
        continue;
      }
      if (first != null) {
        put(first);
      }
    }
    encoded.end();
  }

  /** The reset that a chunk's flags say, as long as its first sample stays. */
  private static Reset reset(Chunk chunk) {
    boolean histograms =
        chunk.encoding == HistogramChunk.ENCODING
            || chunk.encoding == HistogramChunk.FLOAT_ENCODING;
    if (!histograms || chunk.data.byteSize() < 3 || chunk.deleted.has(chunk.minTime)) {
      return Reset.UNKNOWN;
    }
    return Reset.values()[(chunk.data.get(ValueLayout.JAVA_BYTE, 2) & 0xFF) >>> 6];
  }

  private void open(Chunk chunk) throws IOException {
    ChunkSamples samples = spare.isEmpty() ? new ChunkSamples() : spare.removeLast();
    samples.reset(chunk.minTime, chunk.maxTime, chunk.encoding, chunk.data, chunk.deleted);
    if (samples.next()) {
      open.add(samples);
    } else {
      spare.add(samples);
    }
  }

  private @Nullable ChunkSamples first() {
    ChunkSamples first = null;
    for (int i = 0; i < open.size(); i++) {
      ChunkSamples samples = open.get(i);
      if (first == null || samples.time() < first.time()) {
        first = samples;
      }
    }
    return first;
  }

  /** Writes a sample, and leaves it and those of the same time behind. */
  private void put(ChunkSamples first) {
    long t = first.time();
    Object histogram = first.histogram();
    if (histogram == null) {
      encoded.add(t, first.value(), first.startTime());
    } else {
      encoded.add(t, histogram);
    }
    for (int i = open.size() - 1; i >= 0; i--) {
      ChunkSamples samples = open.get(i);
      if (samples.time() == t && !samples.next()) {
        spare.add(open.remove(i));
      }
    }
  }
}
