package io.narthex.storage.tsdb.internal.head;

import io.narthex.storage.tsdb.internal.memory.Pages;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The table of series: a row of 64 bytes, one cache line, for each. Rows are numbered from 0 in the
 * order of their making.
 *
 * <pre>
 *  0 version(4)   of the {@link io.narthex.storage.tsdb.internal.memory.SeqLock}; guards from 16 on
 *  4 labels(4)    place of the run of pairs
 *  8 ref(8)       the series' reference in the write-ahead log
 * 16 lastT(8)     time of the newest sample
 * 24 lastV(8)     bits of its value
 * 32 open(4)      block of the open chunk, 0 for none
 * 36 bits(2)      used bits of the open chunk
 * 38 samples(2)   in the open chunk
 * 40 delta(4)     between its last two samples, in ms
 * 44 leading(1)   zeros before and
 * 45 trailing(1)  after the window of its last value, 255 for none
 * 46 class(1)     of its block
 * 47 kind(1)      of the newest sample: 0 there is none, 1 float, 2 histogram, 3 float histogram
 * 48 closed(4)    place of the newest chunk that is complete, 0 for none
 * 52 end(4)       when the open chunk is to be cut, in ms after minT
 * 56 minT(8)      time of the open chunk's first sample
 * </pre>
 */
final class SeriesRows implements AutoCloseable {

  static final int SIZE = 64;
  static final long LABELS = 4;
  static final long REF = 8;
  static final long LAST_T = 16;
  static final long LAST_V = 24;
  static final long OPEN = 32;
  static final long BITS = 36;
  static final long SAMPLES = 38;
  static final long DELTA = 40;
  static final long LEADING = 44;
  static final long TRAILING = 45;
  static final long CLASS = 46;
  static final long KIND = 47;
  static final long CLOSED = 48;
  static final long END = 52;
  static final long MIN_T = 56;

  static final byte NO_SAMPLE = 0;
  static final byte FLOAT = 1;
  static final byte HISTOGRAM = 2;
  static final byte FLOAT_HISTOGRAM = 3;

  static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  private final Pages pages = new Pages();
  private volatile int count;

  /** How many rows are complete. */
  int count() {
    return count;
  }

  /** Fills row {@link #count}, which {@link #publish} then makes visible. */
  void prepare(int row, int labels, long ref) {
    pages.ensure((row + 1L) * SIZE);
    MemorySegment page = page(row);
    long o = offset(row);
    page.set(INT, o + LABELS, labels);
    page.set(LONG, o + REF, ref);
    page.set(LONG, o + LAST_T, Long.MIN_VALUE);
  }

  void publish(int row) {
    count = row + 1;
  }

  MemorySegment page(int row) {
    return pages.segment((long) row * SIZE);
  }

  static long offset(int row) {
    return Pages.offset((long) row * SIZE);
  }

  int labels(int row) {
    return page(row).get(INT, offset(row) + LABELS);
  }

  long ref(int row) {
    return page(row).get(LONG, offset(row) + REF);
  }

  long lastTime(int row) {
    return page(row).get(LONG, offset(row) + LAST_T);
  }

  long lastValue(int row) {
    return page(row).get(LONG, offset(row) + LAST_V);
  }

  byte kind(int row) {
    return page(row).get(BYTE, offset(row) + KIND);
  }

  long allocated() {
    return pages.allocated();
  }

  @Override
  public void close() {
    pages.close();
  }
}
