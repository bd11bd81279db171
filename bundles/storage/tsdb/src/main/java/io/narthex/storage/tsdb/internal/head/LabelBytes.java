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
 *
 * <p>Series that come one after the other have most of their labels in common. So the labels of the
 * one before are kept with their pairs, and only what differs is looked up.
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

  private byte[] lastBytes = new byte[512];
  private int[] lastEnds = new int[64];
  private int[] lastPairs = new int[32];
  private int lastSize;

  /** Where in the labels of before the next one is expected. */
  private int expected;

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

  /** Keeps the labels, all of whose pairs are known, for the series that comes next. */
  void keep() {
    byte[] b = lastBytes;
    lastBytes = bytes;
    bytes = b;
    int[] e = lastEnds;
    lastEnds = ends;
    ends = e;
    int[] p = lastPairs;
    lastPairs = pairs;
    pairs = p;
    lastSize = size;
    clear();
  }

  /** Forgets what was kept: pairs may become others. */
  void forget() {
    lastSize = 0;
  }

  /** Begins to ask for pairs of before. */
  void beginPairs() {
    expected = 0;
  }

  /** The pair of a label if the series before had the same one, else -1. Labels in their order. */
  int pairOfBefore(int i) {
    int from = start(2 * i);
    int to = ends[2 * i + 1];
    int nameLength = length(2 * i);
    for (int k = expected; k < Math.min(expected + 2, lastSize); k++) {
      int lastFrom = k == 0 ? 0 : lastEnds[2 * k - 1];
      if (lastEnds[2 * k] - lastFrom == nameLength
          && Arrays.equals(bytes, from, to, lastBytes, lastFrom, lastEnds[2 * k + 1])) {
        expected = k + 1;
        return lastPairs[k];
      }
    }
    if (expected < lastSize && isNameOfBefore(from, nameLength)) {
      expected++;
    }
    return -1;
  }

  private boolean isNameOfBefore(int from, int nameLength) {
    int lastFrom = expected == 0 ? 0 : lastEnds[2 * expected - 1];
    return Arrays.equals(
        bytes, from, from + nameLength, lastBytes, lastFrom, lastEnds[2 * expected]);
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
    }
    if (size * 2 == ends.length) {
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
