package io.narthex.storage.tsdb.internal.head;

import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.record.MalformedRecordException;
import io.narthex.storage.tsdb.internal.record.ReadBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The labels of one series as UTF-8 in one array, on their way to the index: whether they come as
 * {@link Labels} or from a record, they are looked up without making strings. Labels without a
 * value are left out. Reused, by one thread at a time.
 */
final class LabelBytes {

  byte[] bytes = new byte[512];

  /**
   * Ends of name, value, name, value … in {@link #bytes}; each begins where the one before ends.
   */
  int[] ends = new int[64];

  /** Number of labels. */
  int size;

  /** The pairs of the labels, once the index has found or made them. */
  int[] pairs = new int[32];

  private int used;

  void set(Labels labels) {
    clear();
    for (int i = 0; i < labels.size(); i++) {
      if (!labels.value(i).isEmpty()) {
        room();
        append(labels.name(i));
        ends[size * 2] = used;
        append(labels.value(i));
        ends[size * 2 + 1] = used;
        size++;
      }
    }
  }

  /** Reads the labels of a record: count(uvarint) (name value)*, both after their length. */
  void read(ReadBuffer in) throws MalformedRecordException {
    clear();
    int n = in.getCount(2);
    for (int i = 0; i < n; i++) {
      room();
      int nameLength = in.skipBytes();
      int nameAt = in.position() - nameLength;
      int valueLength = in.skipBytes();
      if (valueLength == 0) {
        continue;
      }
      append(in.array(), nameAt, nameLength);
      ends[size * 2] = used;
      append(in.array(), in.position() - valueLength, valueLength);
      ends[size * 2 + 1] = used;
      size++;
    }
  }

  int start(int i) {
    return i == 0 ? 0 : ends[i - 1];
  }

  /** The index of the label with this name, -1 if there is none. */
  int find(byte[] name) {
    for (int i = 0; i < size; i++) {
      int from = start(2 * i);
      if (Arrays.equals(bytes, from, ends[2 * i], name, 0, name.length)) {
        return i;
      }
    }
    return -1;
  }

  /** The value of the label with this name, empty if there is none. */
  String text(byte[] name) {
    int i = find(name);
    return i < 0
        ? ""
        : new String(bytes, start(2 * i + 1), length(2 * i + 1), StandardCharsets.UTF_8);
  }

  int length(int i) {
    return ends[i] - start(i);
  }

  private void clear() {
    size = 0;
    used = 0;
  }

  private void room() {
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, size * 2);
      ends = Arrays.copyOf(ends, size * 4);
    }
  }

  private void append(String s) {
    int n = s.length();
    ensure(n);
    byte[] b = bytes;
    int at = used;
    for (int i = 0; i < n; i++) {
      char c = s.charAt(i);
      if (c >= 0x80) {
        byte[] utf8 = s.getBytes(StandardCharsets.UTF_8);
        append(utf8, 0, utf8.length);
        return;
      }
      b[at++] = (byte) c;
    }
    used = at;
  }

  private void append(byte[] source, int offset, int length) {
    ensure(length);
    System.arraycopy(source, offset, bytes, used, length);
    used += length;
  }

  private void ensure(int n) {
    if (bytes.length - used < n) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(used, n)));
    }
  }
}
