package io.narthex.storage.tsdb.internal.head;

import io.narthex.storage.tsdb.internal.memory.Blocks;
import io.narthex.storage.tsdb.internal.memory.IntStack;
import io.narthex.storage.tsdb.internal.memory.Pages;
import io.narthex.storage.tsdb.internal.memory.SeqLock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * For each label pair the rows of the series that have it, ascending. One thread at a time changes
 * them; any thread reads, without a lock.
 *
 * <p>A pair of one series holds its row in place. Up to {@link #LARGE} rows lie in blocks outside
 * the heap, whose sizes grow by a third to a half; the few longer ones are {@link LargeList}s. Rows
 * are mostly added at the end; one that was another series' before is put where it belongs.
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
  private @Nullable LargeList[] large = new LargeList[4];
  private int largeCount;
  private final IntStack freeLarge = new IntStack();

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
      page.set(INT, o + CLASS, 0);
    } else if (page.get(INT, o + CLASS) == LARGE_CLASS) {
      large(page.get(INT, o + PLACE)).add(row);
    } else {
      addSmall(page, o, n, row);
    }
    page.set(INT, o + COUNT, n + 1);
    SeqLock.endWrite(page, o);
  }

  private LargeList large(int place) {
    LargeList list = large[place];
    if (list == null) {
      throw new IllegalStateException("a list of postings went away");
    }
    return list;
  }

  private void addSmall(MemorySegment page, long o, int n, int row) {
    int sizeClass = page.get(INT, o + CLASS);
    int place = page.get(INT, o + PLACE);
    if (n == 1) {
      int block = blocks.allocate(0);
      set(block, 0, Math.min(place, row));
      set(block, 1, Math.max(place, row));
      page.set(INT, o + PLACE, block);
      page.set(INT, o + CLASS, 0);
      return;
    }
    if (n * 4 < blocks.size(sizeClass)) {
      insert(place, n, row);
      return;
    }
    if (n == LARGE) {
      int[] list = new int[LARGE + LARGE / 4];
      copyBlock(place, list, n);
      page.set(INT, o + PLACE, addLarge(new LargeList(list, n), row));
      page.set(INT, o + CLASS, LARGE_CLASS);
    } else {
      int block = blocks.allocate(sizeClass + 1);
      MemorySegment.copy(
          blocks.pages().segment(Blocks.address(place)),
          Pages.offset(Blocks.address(place)),
          blocks.pages().segment(Blocks.address(block)),
          Pages.offset(Blocks.address(block)),
          n * 4L);
      insert(block, n, row);
      page.set(INT, o + PLACE, block);
      page.set(INT, o + CLASS, sizeClass + 1);
    }
    blocks.release(place, sizeClass);
  }

  private int addLarge(LargeList list, int row) {
    list.add(row);
    return keep(list);
  }

  private int keep(LargeList list) {
    int at = freeLarge.isEmpty() ? largeCount++ : freeLarge.pop();
    if (at == large.length) {
      large = Arrays.copyOf(large, at * 2);
    }
    large[at] = list;
    return at;
  }

  /** Puts a row into a block of n rows in which there is room for it. */
  private void insert(int block, int n, int row) {
    long at = Blocks.address(block);
    MemorySegment page = blocks.pages().segment(at);
    long o = Pages.offset(at);
    int i = n;
    if (page.get(INT, o + (n - 1) * 4L) > row) {
      int low = 0;
      while (low < i) {
        int middle = (low + i) >>> 1;
        if (page.get(INT, o + middle * 4L) < row) {
          low = middle + 1;
        } else {
          i = middle;
        }
      }
      MemorySegment.copy(page, o + i * 4L, page, o + (i + 1) * 4L, (n - i) * 4L);
    }
    page.set(INT, o + i * 4L, row);
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

  /** Takes rows out of a pair's list; returns how many stay. */
  int remove(int pair, RowSet removed) {
    RowList list = list(pair);
    int[] kept = new int[list.size];
    int n = 0;
    for (int i = 0; i < list.size; i++) {
      if (!removed.has(list.rows[i])) {
        kept[n++] = list.rows[i];
      }
    }
    if (n < list.size) {
      replace(pair, kept, n, list.size);
    }
    return n;
  }

  private void replace(int pair, int[] rows, int n, int before) {
    long at = (long) pair * ROW_SIZE;
    MemorySegment page = pairs.segment(at);
    long o = Pages.offset(at);
    int place = page.get(INT, o + PLACE);
    int sizeClass = page.get(INT, o + CLASS);
    SeqLock.beginWrite(page, o);
    if (sizeClass == LARGE_CLASS) {
      large[place] = null;
      freeLarge.push(place);
    } else if (before > 1) {
      blocks.release(place, sizeClass);
    }
    if (n > LARGE) {
      page.set(INT, o + PLACE, keep(new LargeList(rows, n)));
      page.set(INT, o + CLASS, LARGE_CLASS);
    } else if (n > 1) {
      int fitting = blocks.classOf(n * 4);
      int block = blocks.allocate(fitting);
      long to = Blocks.address(block);
      MemorySegment.copy(rows, 0, blocks.pages().segment(to), INT, Pages.offset(to), n);
      page.set(INT, o + PLACE, block);
      page.set(INT, o + CLASS, fitting);
    } else {
      page.set(INT, o + PLACE, n == 1 ? rows[0] : 0);
      page.set(INT, o + CLASS, 0);
    }
    page.set(INT, o + COUNT, n);
    SeqLock.endWrite(page, o);
  }

  int count(int pair) {
    long at = (long) pair * ROW_SIZE;
    return pairs.segment(at).get(INT, Pages.offset(at) + COUNT);
  }

  /** Whether the pair's list has a row below a bound. */
  boolean hasBelow(int pair, int bound) {
    return count(pair) > 0 && list(pair).below(bound).size > 0;
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
      int[] rows = null;
      LargeList.View view = null;
      if (n <= 1) {
        rows = new int[] {place};
      } else if (sizeClass == LARGE_CLASS) {
        LargeList list = place < large.length ? large[place] : null;
        view = list == null ? null : list.view();
      } else if (n * 4L <= blocks.size(sizeClass)) {
        rows = new int[n];
        copyBlock(place, rows, n);
      }
      // Neither: a count and a class that do not belong together; it is being changed.
      if (SeqLock.endRead(page, o, version)) {
        if (view != null) {
          return view.toList();
        }
        if (rows != null) {
          return n == 0 ? RowList.EMPTY : new RowList(rows, n);
        }
      }
    }
  }

  long allocated() {
    long sum = blocks.pages().allocated();
    for (int i = 0; i < largeCount; i++) {
      LargeList list = large[i];
      sum += list == null ? 0 : list.bytes();
    }
    return sum;
  }

  @Override
  public void close() {
    blocks.close();
  }
}
