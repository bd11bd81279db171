package io.narthex.storage.tsdb.internal.head;

import io.narthex.storage.tsdb.internal.memory.IntStack;
import io.narthex.storage.tsdb.internal.memory.Pages;
import io.narthex.storage.tsdb.internal.memory.SeqLock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The table of series: a row of 64 bytes, one cache line, for each. Rows are numbered from 0; those
 * of series that are gone are used again.
 *
 * <p>Others name a series by a handle: the row plus 1 in the low 28 bits, and the low 35 bits of
 * the reference above. As references are never used again, neither are handles, though rows are.
 *
 * <pre>
 *  0 version(4)   of the {@link io.narthex.storage.tsdb.internal.memory.SeqLock}; guards from 16 on
 *  4 labels(4)    place of the run of pairs
 *  8 ref(8)       the series' reference in the write-ahead log; 0 for no series, and with the
 *                highest bit set for one that is about to be removed
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

  private static final int ROW_BITS = 28;
  private static final int MAX_ROWS = (1 << ROW_BITS) - 1;
  private static final long DOOMED = Long.MIN_VALUE;
  private static final VarHandle REFERENCE = LONG.varHandle();

  private final Pages pages = new Pages();
  private final IntStack free = new IntStack();
  private volatile int bound;
  private volatile int live;

  /** Rows of series are below; those of no series are among them. */
  int bound() {
    return bound;
  }

  /** How many series there are. */
  int count() {
    return live;
  }

  /** A row for a series that is about to be made. */
  int allocate() {
    if (!free.isEmpty()) {
      return free.pop();
    }
    if (bound == MAX_ROWS) {
      throw new IllegalStateException("no more than " + MAX_ROWS + " series fit into the head");
    }
    pages.ensure((bound + 1L) * SIZE);
    return bound;
  }

  /** Fills an allocated row and makes it visible. */
  void publish(int row, int labels, long ref) {
    MemorySegment page = page(row);
    long o = offset(row);
    SeqLock.beginWrite(page, o);
    page.asSlice(o + 16, SIZE - 16).fill((byte) 0);
    page.set(INT, o + LABELS, labels);
    page.set(LONG, o + LAST_T, Long.MIN_VALUE);
    SeqLock.endWrite(page, o);
    REFERENCE.setVolatile(page, o + REF, ref);
    if (row == bound) {
      bound = row + 1;
    }
    int n = live + 1;
    live = n;
  }

  /** Marks a series as about to be removed, or not. */
  void doom(int row, boolean doomed) {
    long ref = ref(row);
    REFERENCE.setVolatile(page(row), offset(row) + REF, doomed ? ref | DOOMED : ref);
  }

  boolean isDoomed(int row) {
    return marked(row) < 0;
  }

  /** Lets a row be of no series. */
  void remove(int row) {
    REFERENCE.setVolatile(page(row), offset(row) + REF, 0L);
    int n = live - 1;
    live = n;
  }

  /** Gives rows of no series to series that are made from now on, the lowest first. */
  void release(int[] rows) {
    for (int i = rows.length - 1; i >= 0; i--) {
      free.push(rows[i]);
    }
  }

  /** The name of the series that the row is of now. */
  long handle(int row) {
    return handle(ref(row), row);
  }

  static long handle(long ref, int row) {
    return ((ref << ROW_BITS) & Long.MAX_VALUE) | (row + 1L);
  }

  /** The row that a handle names if there may be one, whatever series it is of now; else -1. */
  int rowOf(long handle) {
    int row = (int) handle & MAX_ROWS;
    return handle > 0 && row > 0 && row <= bound ? row - 1 : -1;
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

  /** The reference of the row's series, 0 if it is of none. */
  long ref(int row) {
    return marked(row) & ~DOOMED;
  }

  /** The reference, with the sign of one that is about to be removed. */
  long marked(int row) {
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
