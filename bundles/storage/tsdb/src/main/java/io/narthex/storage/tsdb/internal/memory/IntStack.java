package io.narthex.storage.tsdb.internal.memory;

import java.util.Arrays;

/** A growing list of ints, taken from its end. For one thread at a time. */
public final class IntStack {

  private int[] values = new int[16];
  private int size;

  public void push(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  public void pushAll(int[] all) {
    for (int v : all) {
      push(v);
    }
  }

  /** Takes the value that was added last; there must be one. */
  public int pop() {
    return values[--size];
  }

  public int get(int i) {
    return values[i];
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public void clear() {
    size = 0;
  }

  public int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
