package io.narthex.storage.tsdb.internal.block;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Series in the order of their labels, each with its chunks in the order of their first times: what
 * blocks are written from. Heads and blocks offer it, compaction merges it. Used by one thread;
 * what it gives of a series is valid until the next call of {@link #next}.
 */
public interface SeriesChunks extends AutoCloseable {

  /** The number of distinct label names and values; ordinals count from 0, ascending by bytes. */
  int symbolCount();

  /** The UTF-8 bytes of a symbol. */
  MemorySegment symbol(int ordinal);

  /** Goes to the next series that has a chunk; false at the end. */
  boolean next() throws IOException;

  int labelCount();

  /** The symbol of the i-th label's name; names ascend. */
  int nameSymbol(int i);

  /** The symbol of the i-th label's value. */
  int valueSymbol(int i);

  int chunkCount();

  /** Milliseconds since the epoch of a chunk's first sample. */
  long minTime(int chunk);

  /** Milliseconds since the epoch of a chunk's last sample. */
  long maxTime(int chunk);

  /** The encoding's number in the format of chunk files. */
  int encoding(int chunk) throws IOException;

  /** The chunk's data, without length, encoding and checksum. */
  MemorySegment data(int chunk) throws IOException;

  /**
   * Times of the current series whose samples are deleted though its chunks still have them. A
   * source whose chunks are without them has none.
   */
  default Intervals deleted() {
    return Intervals.NONE;
  }

  @Override
  void close();
}
