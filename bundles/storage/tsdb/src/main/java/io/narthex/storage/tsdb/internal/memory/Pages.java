package io.narthex.storage.tsdb.internal.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Memory outside the heap in pages of 1 MiB, which the collector never looks at; used either by
 * {@link #allocate} or, as one flat table, by {@link #ensure}. An address is the page's number
 * above {@link #BITS} bits of offset.
 *
 * <p>One thread at a time allocates. Others may read what they were handed an address of, if that
 * was published by a volatile write or stronger.
 */
public final class Pages implements AutoCloseable {

  public static final int BITS = 20;
  public static final int SIZE = 1 << BITS;
  public static final long MASK = SIZE - 1L;

  /** The first page that is allocated from: an empty database shall be small. */
  private static final int FIRST_SIZE = 1 << 16;

  /** Alignment of pages: that of a cache line. */
  private static final long ALIGNMENT = 64;

  private final Arena arena = Arena.ofShared();
  private MemorySegment[] pages = new MemorySegment[4];
  private volatile int count;

  /** The page that is allocated from, and where in it the next allocation begins. */
  private int current;

  private long next = SIZE;

  /** Pages that nothing is in any more. */
  private final IntStack free = new IntStack();

  private volatile long allocated;

  /**
   * Memory that lies within one page, zeroed unless the page was recycled. More than a page's size
   * gets a page of its own, in which offsets go beyond {@link #MASK}: it is for {@link #segment}
   * with bulk access only.
   *
   * @param alignment a power of two up to 64
   */
  public long allocate(long size, int alignment) {
    long at = (next + alignment - 1) & -alignment;
    if (count == 0 || at + size > pages[current].byteSize()) {
      if (size <= SIZE && !free.isEmpty()) {
        current = free.pop();
      } else {
        addPage(Math.max(count == 0 ? FIRST_SIZE : SIZE, size));
        current = count - 1;
      }
      at = 0;
    }
    next = at + size;
    return ((long) current << BITS) | at;
  }

  /** The page that is allocated from. */
  public int current() {
    return current;
  }

  /** How many pages there are, the recycled ones included. */
  public int count() {
    return count;
  }

  /** Lets a page be allocated from anew, from its beginning; not {@link #current}. */
  public void recycle(int page) {
    if (pages[page].byteSize() == SIZE) {
      free.push(page);
    }
  }

  /** Makes the flat range from 0 to {@code size} usable; for memory used as one growing table. */
  public void ensure(long size) {
    while ((long) count << BITS < size) {
      addPage(SIZE);
    }
    next = SIZE;
  }

  private void addPage(long size) {
    int n = count;
    if (n == pages.length) {
      pages = Arrays.copyOf(pages, n * 2);
    }
    pages[n] = arena.allocate(size, ALIGNMENT);
    long sum = allocated + size;
    allocated = sum;
    count = n + 1;
  }

  /** The page that an address lies in. */
  public MemorySegment segment(long address) {
    return pages[(int) (address >>> BITS)];
  }

  /** The offset of an address in its page. */
  public static long offset(long address) {
    return address & MASK;
  }

  /** Bytes taken from the operating system. */
  public long allocated() {
    return allocated;
  }

  @Override
  public void close() {
    arena.close();
  }
}
