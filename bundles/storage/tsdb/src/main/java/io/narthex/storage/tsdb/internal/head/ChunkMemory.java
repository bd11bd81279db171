package io.narthex.storage.tsdb.internal.head;

import io.narthex.storage.tsdb.internal.memory.Blocks;
import io.narthex.storage.tsdb.internal.memory.IntStack;
import io.narthex.storage.tsdb.internal.memory.Pages;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Where chunks lie: open ones in blocks with room to grow, complete ones packed. Changed by the
 * thread that applies commits; others read open chunks under the lock of their series' row, and
 * complete ones freely, as these never change.
 *
 * <pre>
 * complete chunk := before(4) length(4) maxT-minT(4) encoding(1) unused(1) samples(2) minT(8) data
 * </pre>
 *
 * aligned to 8 bytes; a place is in units of 8 bytes, 0 for none, {@code before} is the place of
 * the next older chunk of the series.
 */
final class ChunkMemory implements AutoCloseable {

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final int HEADER = 24;

  /** Blocks of open chunks; the largest holds the longest XOR chunk and the slack behind it. */
  final Blocks open = new Blocks(48, 64, 80, 112, 160, 224, 304, 416, 560, 768, 1056);

  private final Pages closed = new Pages();

  /** By page: the complete chunks in it that are still of a series. */
  private int[] inPage = new int[16];

  /** The page that got the last chunk. */
  private int filling;

  /** Pages of which no chunk is of a series any more. */
  private final IntStack emptied = new IntStack();

  ChunkMemory() {
    // So that no chunk has place 0.
    long unused = closed.allocate(8, 8);
    assert unused == 0;
  }

  /** Keeps a complete chunk. Returns its place. */
  int close(
      int before,
      int encoding,
      int samples,
      long minTime,
      long maxTime,
      MemorySegment source,
      long offset,
      int length) {
    long at = closed.allocate(HEADER + (long) length, 8);
    MemorySegment page = closed.segment(at);
    long o = Pages.offset(at);
    page.set(INT, o, before);
    page.set(INT, o + 4, length);
    page.set(INT, o + 8, (int) (maxTime - minTime));
    page.set(ValueLayout.JAVA_BYTE, o + 12, (byte) encoding);
    page.set(ValueLayout.JAVA_SHORT, o + 14, (short) samples);
    page.set(ValueLayout.JAVA_LONG, o + 16, minTime);
    MemorySegment.copy(source, offset, page, o + HEADER, length);
    count((int) (at >>> Pages.BITS));
    return (int) (at >>> 3);
  }

  private void count(int page) {
    if (page >= inPage.length) {
      inPage = Arrays.copyOf(inPage, Math.max(page + 1, inPage.length * 2));
    }
    inPage[page]++;
    if (page != filling) {
      if (inPage[filling] == 0) {
        emptied.push(filling);
      }
      filling = page;
    }
  }

  /** Gives up a complete chunk: no series leads to it any more, though readers may still. */
  void drop(int place) {
    int number = (int) (address(place) >>> Pages.BITS);
    if (--inPage[number] == 0 && number != filling) {
      emptied.push(number);
    }
  }

  /** Forgets the chunks that are older than this one. */
  void endAt(int place) {
    closed.segment(address(place)).set(INT, Pages.offset(address(place)), 0);
  }

  /** Takes the pages that have become empty. */
  int[] takeEmptied() {
    int[] out = emptied.toArray();
    emptied.clear();
    return out;
  }

  /** Lets pages be used for chunks that are completed from now on. */
  void release(int[] pages) {
    for (int page : pages) {
      closed.recycle(page);
    }
  }

  private static long address(int place) {
    return (place & 0xFFFF_FFFFL) << 3;
  }

  int before(int place) {
    return closed.segment(address(place)).get(INT, Pages.offset(address(place)));
  }

  int length(int place) {
    return closed.segment(address(place)).get(INT, Pages.offset(address(place)) + 4);
  }

  int encoding(int place) {
    return closed
        .segment(address(place))
        .get(ValueLayout.JAVA_BYTE, Pages.offset(address(place)) + 12);
  }

  int samples(int place) {
    return closed
            .segment(address(place))
            .get(ValueLayout.JAVA_SHORT, Pages.offset(address(place)) + 14)
        & 0xFFFF;
  }

  long minTime(int place) {
    return closed
        .segment(address(place))
        .get(ValueLayout.JAVA_LONG, Pages.offset(address(place)) + 16);
  }

  long maxTime(int place) {
    long o = Pages.offset(address(place));
    MemorySegment page = closed.segment(address(place));
    return page.get(ValueLayout.JAVA_LONG, o + 16) + (page.get(INT, o + 8) & 0xFFFF_FFFFL);
  }

  /** Copies the data of a complete chunk. */
  void copy(int place, byte[] target, int length) {
    long o = Pages.offset(address(place));
    MemorySegment.copy(
        closed.segment(address(place)), ValueLayout.JAVA_BYTE, o + HEADER, target, 0, length);
  }

  /** The data of a complete chunk, in place. */
  MemorySegment data(int place) {
    long o = Pages.offset(address(place));
    return closed.segment(address(place)).asSlice(o + HEADER, length(place)).asReadOnly();
  }

  long closedBytes() {
    return closed.allocated();
  }

  long allocated() {
    return closed.allocated() + open.pages().allocated();
  }

  @Override
  public void close() {
    open.close();
    closed.close();
  }
}
