package io.narthex.storage.tsdb.internal.head;

import static io.narthex.storage.tsdb.internal.head.SeriesRows.BYTE;
import static io.narthex.storage.tsdb.internal.head.SeriesRows.INT;
import static io.narthex.storage.tsdb.internal.head.SeriesRows.LONG;
import static io.narthex.storage.tsdb.internal.head.SeriesRows.SHORT;

import io.narthex.storage.tsdb.internal.chunk.BitWriter;
import io.narthex.storage.tsdb.internal.chunk.XorFormat;
import io.narthex.storage.tsdb.internal.memory.Blocks;
import io.narthex.storage.tsdb.internal.memory.Pages;
import io.narthex.storage.tsdb.internal.memory.SeqLock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Puts float samples into the open chunks of series. For the one thread that applies commits.
 *
 * <p>A chunk is cut when its predicted end is reached (so that the chunks of a range are of about
 * equal size), at twice the target of samples, or before it grows over {@link #MAX_BYTES}.
 */
final class FloatWriter {

  /** A chunk with more bytes than that takes no further sample. */
  private static final int MAX_BYTES = 1024 - XorFormat.MAX_SAMPLE;

  private static final ValueLayout.OfShort BE_SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final SeriesRows rows;
  private final ChunkMemory chunks;
  private final ChunkCuts cuts;

  FloatWriter(SeriesRows rows, ChunkMemory chunks, ChunkCuts cuts) {
    this.rows = rows;
    this.chunks = chunks;
    this.cuts = cuts;
  }

  /** Adds a sample, which is newer than the newest of the series. True if it began a chunk. */
  boolean append(int row, long t, long bits) {
    MemorySegment page = rows.page(row);
    long o = SeriesRows.offset(row);
    SeqLock.beginWrite(page, o);
    boolean began = append(page, o, t, bits);
    page.set(LONG, o + SeriesRows.LAST_T, t);
    page.set(LONG, o + SeriesRows.LAST_V, bits);
    page.set(BYTE, o + SeriesRows.KIND, SeriesRows.FLOAT);
    SeqLock.endWrite(page, o);
    return began;
  }

  private boolean append(MemorySegment page, long o, long t, long bits) {
    int samples = page.get(SHORT, o + SeriesRows.SAMPLES);
    if (page.get(INT, o + SeriesRows.OPEN) == 0) {
      begin(page, o, t, bits);
      return true;
    }
    long minTime = page.get(LONG, o + SeriesRows.MIN_T);
    long delta = t - page.get(LONG, o + SeriesRows.LAST_T);
    int end = page.get(INT, o + SeriesRows.END);
    int used = ((page.get(SHORT, o + SeriesRows.BITS) & 0xFFFF) + 7) >>> 3;
    if (samples == cuts.predictAt()) {
      end = cuts.predictEnd(minTime, t - delta, end);
      page.set(INT, o + SeriesRows.END, end);
    }
    if (t - minTime >= end
        || samples >= cuts.maxSamples()
        || used > MAX_BYTES
        || delta > Integer.MAX_VALUE) {
      close(page, o);
      begin(page, o, t, bits);
      return true;
    }
    long base = room(page, o, used);
    MemorySegment memory = chunks.open.pages().segment(base);
    add(page, o, memory, Pages.offset(base), samples, delta, bits);
    return false;
  }

  private void add(
      MemorySegment page,
      long o,
      MemorySegment memory,
      long base,
      int samples,
      long delta,
      long bits) {
    int position = page.get(SHORT, o + SeriesRows.BITS) & 0xFFFF;
    if (samples == 1) {
      position = BitWriter.putUvarint(memory, base, position, delta);
    } else {
      long dod = delta - page.get(INT, o + SeriesRows.DELTA);
      position = XorFormat.putDod(memory, base, position, dod);
    }
    int window =
        (page.get(BYTE, o + SeriesRows.LEADING) & 0xFF) << 8
            | (page.get(BYTE, o + SeriesRows.TRAILING) & 0xFF);
    long xor = bits ^ page.get(LONG, o + SeriesRows.LAST_V);
    long result = XorFormat.putXor(memory, base, position, xor, window);
    page.set(SHORT, o + SeriesRows.BITS, (short) (result >>> 16));
    page.set(SHORT, o + SeriesRows.SAMPLES, (short) (samples + 1));
    page.set(INT, o + SeriesRows.DELTA, (int) delta);
    page.set(BYTE, o + SeriesRows.LEADING, (byte) (result >>> 8));
    page.set(BYTE, o + SeriesRows.TRAILING, (byte) result);
  }

  private void begin(MemorySegment page, long o, long t, long bits) {
    int block = chunks.open.allocate(0);
    long address = Blocks.address(block);
    MemorySegment memory = chunks.open.pages().segment(address);
    long base = Pages.offset(address);
    int position = BitWriter.put(memory, base, 0, 1, XorFormat.HEADER * 8);
    position = BitWriter.putVarint(memory, base, position, t);
    position = BitWriter.put(memory, base, position, bits, 64);
    page.set(INT, o + SeriesRows.OPEN, block);
    page.set(SHORT, o + SeriesRows.BITS, (short) position);
    page.set(SHORT, o + SeriesRows.SAMPLES, (short) 1);
    page.set(INT, o + SeriesRows.DELTA, 0);
    page.set(BYTE, o + SeriesRows.LEADING, (byte) 0xFF);
    page.set(BYTE, o + SeriesRows.TRAILING, (byte) 0xFF);
    page.set(BYTE, o + SeriesRows.CLASS, (byte) 0);
    page.set(INT, o + SeriesRows.END, cuts.rangeEnd(t));
    page.set(LONG, o + SeriesRows.MIN_T, t);
  }

  /** Closes the open chunk of a series of floats, as a histogram follows. */
  void close(int row) {
    MemorySegment page = rows.page(row);
    long o = SeriesRows.offset(row);
    SeqLock.beginWrite(page, o);
    if (page.get(INT, o + SeriesRows.OPEN) != 0) {
      close(page, o);
    }
    SeqLock.endWrite(page, o);
  }

  /** Moves the open chunk, which is complete, to where it stays. */
  private void close(MemorySegment page, long o) {
    int block = page.get(INT, o + SeriesRows.OPEN);
    long address = Blocks.address(block);
    MemorySegment memory = chunks.open.pages().segment(address);
    long base = Pages.offset(address);
    int samples = page.get(SHORT, o + SeriesRows.SAMPLES);
    int bits = page.get(SHORT, o + SeriesRows.BITS) & 0xFFFF;
    int length = (bits + 7) >>> 3;
    memory.set(BE_SHORT, base, (short) samples);
    if ((bits & 7) != 0) {
      // Bits behind the last one are undefined while the chunk is open.
      byte last = memory.get(BYTE, base + length - 1);
      memory.set(BYTE, base + length - 1, (byte) (last & 0xFF00 >> (bits & 7)));
    }
    int place =
        chunks.close(
            page.get(INT, o + SeriesRows.CLOSED),
            XorFormat.ENCODING,
            samples,
            page.get(LONG, o + SeriesRows.MIN_T),
            page.get(LONG, o + SeriesRows.LAST_T),
            memory,
            base,
            length);
    page.set(INT, o + SeriesRows.CLOSED, place);
    page.set(INT, o + SeriesRows.OPEN, 0);
    chunks.open.release(block, page.get(BYTE, o + SeriesRows.CLASS));
  }

  /** The address of the open chunk, after it was moved to a larger block if need be. */
  private long room(MemorySegment page, long o, int used) {
    int block = page.get(INT, o + SeriesRows.OPEN);
    int sizeClass = page.get(BYTE, o + SeriesRows.CLASS);
    long address = Blocks.address(block);
    int needed = used + XorFormat.MAX_SAMPLE + BitWriter.SLACK;
    if (needed <= chunks.open.size(sizeClass)) {
      return address;
    }
    int largerClass = chunks.open.classOf(needed);
    int larger = chunks.open.allocate(largerClass);
    long to = Blocks.address(larger);
    MemorySegment.copy(
        chunks.open.pages().segment(address),
        Pages.offset(address),
        chunks.open.pages().segment(to),
        Pages.offset(to),
        used);
    page.set(INT, o + SeriesRows.OPEN, larger);
    page.set(BYTE, o + SeriesRows.CLASS, (byte) largerClass);
    chunks.open.release(block, sizeClass);
    return to;
  }
}
