package io.narthex.promql.internal.engine.histogram;

import java.util.Arrays;

/**
 * The populated buckets of one side of a histogram, ascending by index. Beside each count stands
 * what rounding took from it (see CompensatedSum).
 */
final class Buckets {

  int size;
  int[] index;
  double[] count;
  private double[] rest;

  Buckets(int capacity) {
    index = new int[capacity];
    count = new double[capacity];
    rest = new double[capacity];
  }

  static Buckets of(int[] spans, double[] counts) {
    Buckets b = new Buckets(counts.length);
    int at = 0;
    int next = 0;
    for (int s = 0; s + 1 < spans.length; s += 2) {
      at += spans[s];
      for (int i = 0; i < spans[s + 1] && next < counts.length; i++, at++) {
        b.add(at, counts[next++], 0);
      }
    }
    return b;
  }

  /** Adds a count and its rest to a bucket that is not before the last one. */
  private void add(int i, double c, double r) {
    if (size > 0 && index[size - 1] == i) {
      int at = size - 1;
      rest[at] = NativeHistogram.rest(count[at], rest[at], c) + r;
      count[at] += c;
      return;
    }
    if (size == index.length) {
      index = Arrays.copyOf(index, Math.max(8, size * 2));
      count = Arrays.copyOf(count, Math.max(8, size * 2));
      rest = Arrays.copyOf(rest, Math.max(8, size * 2));
    }
    index[size] = i;
    count[size] = c;
    rest[size++] = r;
  }

  /** A count with its rest. */
  private double value(int i) {
    return Double.isInfinite(count[i]) ? count[i] : count[i] + rest[i];
  }

  /** The sum, or with {@code sign} -1 the difference, of two sides. */
  static Buckets merge(Buckets a, Buckets b, int sign) {
    Buckets out = new Buckets(a.size + b.size);
    int i = 0;
    int j = 0;
    while (i < a.size || j < b.size) {
      if (j == b.size || (i < a.size && a.index[i] < b.index[j])) {
        out.add(a.index[i], a.count[i], a.rest[i]);
        i++;
      } else if (i == a.size || b.index[j] < a.index[i]) {
        out.add(b.index[j], sign * b.count[j], sign * b.rest[j]);
        j++;
      } else {
        out.add(a.index[i], a.count[i], a.rest[i]);
        out.add(b.index[j], sign * b.count[j], sign * b.rest[j]);
        i++;
        j++;
      }
    }
    return out;
  }

  /** The same observations in buckets of a lower resolution. */
  Buckets reduce(int by) {
    Buckets out = new Buckets(size);
    for (int i = 0; i < size; i++) {
      out.add(((index[i] - 1) >> by) + 1, count[i], rest[i]);
    }
    return out;
  }

  /** The same observations in buckets with some of the bounds. */
  Buckets remap(double[] from, double[] to) {
    Buckets out = new Buckets(size);
    int t = 0;
    for (int i = 0; i < size; i++) {
      double bound = index[i] < from.length ? from[index[i]] : Double.POSITIVE_INFINITY;
      while (t < to.length && to[t] < bound) {
        t++;
      }
      out.add(t, count[i], rest[i]);
    }
    return out;
  }

  void scale(double factor) {
    for (int i = 0; i < size; i++) {
      count[i] *= factor;
      rest[i] *= factor;
    }
  }

  void divide(double divisor) {
    for (int i = 0; i < size; i++) {
      count[i] /= divisor;
      rest[i] /= divisor;
    }
  }

  /** Whether any bucket has fewer observations than it had. */
  boolean isBelow(Buckets before) {
    int i = 0;
    for (int j = 0; j < before.size; j++) {
      if (before.count[j] == 0) {
        continue;
      }
      while (i < size && index[i] < before.index[j]) {
        i++;
      }
      double now = i < size && index[i] == before.index[j] ? count[i] : 0;
      if (now < before.count[j]) {
        return true;
      }
    }
    return false;
  }

  /** Folds the rests into the counts and leaves out empty buckets. */
  Buckets compact() {
    Buckets out = new Buckets(size);
    for (int i = 0; i < size; i++) {
      double v = value(i);
      if (v != 0) {
        out.add(index[i], v, 0);
      }
    }
    return out;
  }

  double total() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += count[i];
    }
    return sum;
  }

  int[] spans() {
    int[] spans = new int[size * 2];
    int n = 0;
    for (int i = 0; i < size; i++) {
      if (i > 0 && index[i] == index[i - 1] + 1) {
        spans[n - 1]++;
      } else {
        spans[n++] = i == 0 ? index[0] : index[i] - index[i - 1] - 1;
        spans[n++] = 1;
      }
    }
    return Arrays.copyOf(spans, n);
  }

  double[] counts() {
    return Arrays.copyOf(count, size);
  }

  boolean sameAs(Buckets o) {
    if (size != o.size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (index[i] != o.index[i]
          || Double.doubleToRawLongBits(count[i]) != Double.doubleToRawLongBits(o.count[i])) {
        return false;
      }
    }
    return true;
  }
}
