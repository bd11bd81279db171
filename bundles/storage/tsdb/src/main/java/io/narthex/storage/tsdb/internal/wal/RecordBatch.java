package io.narthex.storage.tsdb.internal.wal;

import java.util.Arrays;

/** Records, compressed already, on their way to the log. Reused: {@link #clear} empties it. */
public final class RecordBatch {

  private byte[] data = new byte[4096];
  private int used;
  private int[] ends = new int[8];
  private int[] flags = new int[8];
  private int count;

  void add(int flag, byte[] source, int offset, int length) {
    if (data.length - used < length) {
      data = Arrays.copyOf(data, Math.max(data.length * 2, Math.addExact(used, length)));
    }
    System.arraycopy(source, offset, data, used, length);
    used += length;
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
      flags = Arrays.copyOf(flags, count * 2);
    }
    ends[count] = used;
    flags[count++] = flag;
  }

  public void clear() {
    used = 0;
    count = 0;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  byte[] data() {
    return data;
  }

  int flag(int i) {
    return flags[i];
  }

  int start(int i) {
    return i == 0 ? 0 : ends[i - 1];
  }

  int end(int i) {
    return ends[i];
  }
}
