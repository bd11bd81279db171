package io.narthex.exposition.internal.protobuf;

import java.util.Arrays;

/** Ints that are collected and used again. */
final class IntList {
  int[] values = new int[16];
  int size;

  void clear() {
    size = 0;
  }

  void add(int a, int b) {
    if (size + 2 > values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = a;
    values[size++] = b;
  }
}
