package io.narthex.storage.tsdb.internal.head;

import io.narthex.model.XxHash64;
import io.narthex.storage.tsdb.internal.memory.HashIndex;
import io.narthex.storage.tsdb.internal.memory.IntStack;
import io.narthex.storage.tsdb.internal.memory.Pages;
import io.narthex.storage.tsdb.internal.memory.Runs;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Strings, each once, named by ints. One thread at a time interns and removes; any thread finds and
 * reads, without a lock.
 *
 * <p>Memory of a string of n bytes: 4 + n rounded up to 4, 4 for its place, 11 to 21 in the hash
 * table.
 */
final class SymbolTable implements AutoCloseable {

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** length(4) utf8. */
  private final Runs runs = new Runs();

  private final Pages bytes = runs.pages();
  private final IntStack free = new IntStack();

  /** By id: the run. */
  private final Pages places = new Pages();

  private final HashIndex index = new HashIndex();
  private volatile int count;
  private volatile long size;

  static int hash(byte[] data, int offset, int length) {
    long h = XxHash64.hash(data, offset, length, 0);
    return (int) (h ^ (h >>> 32));
  }

  /** The id of the string, -1 if it is not there. */
  int find(byte[] data, int offset, int length) {
    return find(data, offset, length, hash(data, offset, length));
  }

  private int find(byte[] data, int offset, int length, int hash) {
    long[] slots = index.slots();
    for (int i = HashIndex.first(slots, hash); ; i = HashIndex.next(slots, i)) {
      long e = HashIndex.get(slots, i);
      if (e == 0) {
        return -1;
      }
      if (HashIndex.hash(e) == hash && isEqual(HashIndex.id(e), data, offset, length)) {
        return HashIndex.id(e);
      }
    }
  }

  int intern(byte[] data, int offset, int length) {
    int hash = hash(data, offset, length);
    int found = find(data, offset, length, hash);
    if (found >= 0) {
      return found;
    }
    boolean again = !free.isEmpty();
    int id = again ? free.pop() : count;
    int run = runs.allocate(4 + length);
    long at = Runs.address(run);
    MemorySegment page = bytes.segment(at);
    page.set(INT, Pages.offset(at), length);
    MemorySegment.copy(data, offset, page, ValueLayout.JAVA_BYTE, Pages.offset(at) + 4, length);
    places.ensure((id + 1) * 4L);
    places.segment(id * 4L).set(INT, Pages.offset(id * 4L), run);
    if (!again) {
      count = id + 1;
    }
    long sum = size + length;
    size = sum;
    index.add(hash, id);
    return id;
  }

  private long place(int id) {
    long at = id * 4L;
    return (places.segment(at).get(INT, Pages.offset(at)) & 0xFFFF_FFFFL) << 2;
  }

  private boolean isEqual(int id, byte[] data, int offset, int length) {
    long at = place(id);
    MemorySegment page = bytes.segment(at);
    long o = Pages.offset(at);
    if (page.get(INT, o) != length) {
      return false;
    }
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      if (page.get(LONG, o + 4 + i) != (long) WORD.get(data, offset + i)) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (page.get(ValueLayout.JAVA_BYTE, o + 4 + i) != data[offset + i]) {
        return false;
      }
    }
    return true;
  }

  int length(int id) {
    long at = place(id);
    return bytes.segment(at).get(INT, Pages.offset(at));
  }

  String get(int id) {
    long at = place(id);
    MemorySegment page = bytes.segment(at);
    byte[] copy = new byte[page.get(INT, Pages.offset(at))];
    MemorySegment.copy(page, ValueLayout.JAVA_BYTE, Pages.offset(at) + 4, copy, 0, copy.length);
    return new String(copy, StandardCharsets.UTF_8);
  }

  /** The bytes of a string, in place. */
  MemorySegment bytes(int id) {
    long at = place(id);
    MemorySegment page = bytes.segment(at);
    long o = Pages.offset(at);
    return page.asSlice(o + 4, page.get(INT, o)).asReadOnly();
  }

  /** Copies the bytes of a string; returns where they end. */
  int copy(int id, byte[] target, int offset) {
    long at = place(id);
    MemorySegment page = bytes.segment(at);
    int n = page.get(INT, Pages.offset(at));
    MemorySegment.copy(page, ValueLayout.JAVA_BYTE, Pages.offset(at) + 4, target, offset, n);
    return offset + n;
  }

  /** Compares by bytes, which is the order of every sorted answer. */
  int compare(int a, int b) {
    if (a == b) {
      return 0;
    }
    long pa = place(a);
    long pb = place(b);
    MemorySegment sa = bytes.segment(pa);
    MemorySegment sb = bytes.segment(pb);
    long oa = Pages.offset(pa);
    long ob = Pages.offset(pb);
    int la = sa.get(INT, oa);
    int lb = sb.get(INT, ob);
    int n = Math.min(la, lb);
    for (int i = 0; i < n; i++) {
      int x = sa.get(ValueLayout.JAVA_BYTE, oa + 4 + i) & 0xFF;
      int y = sb.get(ValueLayout.JAVA_BYTE, ob + 4 + i) & 0xFF;
      if (x != y) {
        return x - y;
      }
    }
    return la - lb;
  }

  /** Ids are below; those that were removed are among them. */
  int bound() {
    return count;
  }

  /** Lets strings not be found any more; their bytes stay as they are. */
  void remove(RowSet removed, int[] ids) {
    index.remove(removed::has);
    long sum = size;
    for (int id : ids) {
      sum -= length(id);
    }
    size = sum;
  }

  /** Gives the ids and the memory of removed strings to those that are made from now on. */
  void release(int[] ids) {
    for (int id : ids) {
      runs.release((int) (place(id) >>> 2), 4 + length(id));
      free.push(id);
    }
  }

  /** Bytes of all strings together. */
  long size() {
    return size;
  }

  long allocated() {
    return bytes.allocated() + places.allocated() + index.bytes();
  }

  @Override
  public void close() {
    runs.close();
    places.close();
  }
}
