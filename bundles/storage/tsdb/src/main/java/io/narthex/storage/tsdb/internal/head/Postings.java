package io.narthex.storage.tsdb.internal.head;

import io.narthex.storage.tsdb.internal.memory.Blocks;
import io.narthex.storage.tsdb.internal.memory.Pages;
import io.narthex.storage.tsdb.internal.memory.SeqLock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * For each label pair the rows of the series that have it, ascending. One thread at a time adds;
 * any thread reads, without a lock.
 *
 * <p>A pair of one series holds its row in place. Up to {@link #LARGE} rows lie in blocks outside
 * the heap, whose sizes grow by a third to a half; the few longer lists are arrays.
 *
 * <pre>
 * pair row (32) := version(4) name(4) symbol(4) count(4) place(4) class(4) unused(8)
 * place         := the only row | block | index of a large list
 * </pre>
 */
final class Postings implements AutoCloseable {

  static final int ROW_SIZE = 32;
  private static final long COUNT = 12;
  private static final long PLACE = 16;
  private static final long CLASS = 20;
  private static final int LARGE_CLASS = -1;
  private static final int LARGE = 16 * 1024;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  private final Pages pairs;
  private final Blocks blocks =
      new Blocks(
          16, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096, 6144,
          8192, 12288, 16384, 24576, 32768, 49152, LARGE * 4);
  private int[][] large = new int[4][];
  private int largeCount;

  Postings(Pages pairs) {
    this.pairs = pairs;
  }

  void add(int pair, int row) {
    long at = (long) pair * ROW_SIZE;
    MemorySegment page = pairs.segment(at);
    long o = Pages.offset(at);
    int n = page.get(INT, o + COUNT);
    SeqLock.beginWrite(page, o);
    if (n == 0) {
      page.set(INT, o + PLACE, row);
    } else if (page.get(INT, o + CLASS) == LARGE_CLASS) {
      addLarge(page.get(INT, o + PLACE), n, row);
    } else {
      addSmall(page, o, n, row);
    }
    page.set(INT, o + COUNT, n + 1);
    SeqLock.endWrite(page, o);
  }

  private void addSmall(MemorySegment page, long o, int n, int row) {
    int sizeClass = page.get(INT, o + CLASS);
    int place = page.get(INT, o + PLACE);
    if (n == 1) {
      int block = blocks.allocate(0);
      set(block, 0, place);
      set(block, 1, row);
      page.set(INT, o + PLACE, block);
      page.set(INT, o + CLASS, 0);
      return;
    }
    if (n * 4 < blocks.size(sizeClass)) {
      set(place, n, row);
      return;
    }
    if (n == LARGE) {
      int[] list = new int[LARGE + LARGE / 4];
      copyBlock(place, list, n);
      list[n] = row;
      if (largeCount == large.length) {
        large = Arrays.copyOf(large, largeCount * 2);
      }
      large[largeCount] = list;
      page.set(INT, o + PLACE, largeCount++);
      page.set(INT, o + CLASS, LARGE_CLASS);
    } else {
      int block = blocks.allocate(sizeClass + 1);
      MemorySegment.copy(
          blocks.pages().segment(Blocks.address(place)),
          Pages.offset(Blocks.address(place)),
          blocks.pages().segment(Blocks.address(block)),
          Pages.offset(Blocks.address(block)),
          n * 4L);
      set(block, n, row);
      page.set(INT, o + PLACE, block);
      page.set(INT, o + CLASS, sizeClass + 1);
    }
    blocks.release(place, sizeClass);
  }

  private void addLarge(int place, int n, int row) {
    int[] list = large[place];
    if (n == list.length) {
      list = Arrays.copyOf(list, n + n / 4);
      large[place] = list;
    }
    list[n] = row;
  }

  private void set(int block, int i, int row) {
    long at = Blocks.address(block);
    blocks.pages().segment(at).set(INT, Pages.offset(at) + i * 4L, row);
  }

  private void copyBlock(int block, int[] target, int n) {
    long at = Blocks.address(block);
    MemorySegment.copy(
        blocks.pages().segment(at), INT, Pages.offset(at), target, 0, Math.min(n, target.length));
  }

  int count(int pair) {
    long at = (long) pair * ROW_SIZE;
    return pairs.segment(at).get(INT, Pages.offset(at) + COUNT);
  }

  /** The first row of the pair's list. */
  int first(int pair) {
    return list(pair).rows[0];
  }

  /** The list as it stands now; its array may be shared and longer than the list. */
  RowList list(int pair) {
    long at = (long) pair * ROW_SIZE;
    MemorySegment page = pairs.segment(at);
    long o = Pages.offset(at);
    while (true) {
      int version = SeqLock.beginRead(page, o);
      int n = page.get(INT, o + COUNT);
      int place = page.get(INT, o + PLACE);
      int sizeClass = page.get(INT, o + CLASS);
      int[] rows;
      if (n == 1) {
        rows = new int[] {place};
      } else if (sizeClass == LARGE_CLASS) {
        rows = large[place];
      } else if (n * 4L <= blocks.size(sizeClass)) {
        rows = new int[n];
        copyBlock(place, rows, n);
      } else {
        continue; // A count and a class that do not belong together: it is being changed.
      }
      if (SeqLock.endRead(page, o, version)) {
        return new RowList(rows, n);
      }
    }
  }

  long allocated() {
    long sum = blocks.pages().allocated();
    for (int i = 0; i < largeCount; i++) {
      sum += large[i].length * 4L;
    }
    return sum;
  }

  @Override
  public void close() {
    blocks.close();
  }
}
