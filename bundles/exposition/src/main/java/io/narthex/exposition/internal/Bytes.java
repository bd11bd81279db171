package io.narthex.exposition.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Classes of bytes, and searches that look at eight bytes at once. Every search needs a byte that
 * stops it; readers put a line feed behind the body.
 */
final class Bytes {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long LINE_FEEDS = ONES * '\n';

  private static final int LABEL_START = 1;
  private static final int METRIC_START = 2;
  private static final int DIGIT = 4;
  private static final byte[] CLASSES = classes();

  private Bytes() {}

  private static byte[] classes() {
    byte[] out = new byte[256];
    for (int c = 'a'; c <= 'z'; c++) {
      out[c] = LABEL_START | METRIC_START;
      out[c - 'a' + 'A'] = LABEL_START | METRIC_START;
    }
    out['_'] = LABEL_START | METRIC_START;
    out[':'] = METRIC_START;
    for (int c = '0'; c <= '9'; c++) {
      out[c] = DIGIT;
    }
    return out;
  }

  static boolean startsMetricName(byte c) {
    return (CLASSES[c & 0xFF] & METRIC_START) != 0;
  }

  static boolean startsLabelName(byte c) {
    return (CLASSES[c & 0xFF] & LABEL_START) != 0;
  }

  static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  /** The index behind the metric name characters that begin at {@code p}. */
  static int metricNameEnd(byte[] b, int p) {
    int i = p;
    while ((CLASSES[b[i] & 0xFF] & (METRIC_START | DIGIT)) != 0) {
      i++;
    }
    return i;
  }

  /** The index behind the label name characters that begin at {@code p}. */
  static int labelNameEnd(byte[] b, int p) {
    int i = p;
    while ((CLASSES[b[i] & 0xFF] & (LABEL_START | DIGIT)) != 0) {
      i++;
    }
    return i;
  }

  /**
   * The index of the first quote, backslash, line feed or byte outside ASCII from {@code p} on;
   * there must be one in the array.
   */
  static int valueStop(byte[] b, int p) {
    int i = p;
    for (; i + 8 <= b.length; i += 8) {
      long x = (long) LONG.get(b, i);
      long q = x ^ QUOTES;
      long s = x ^ BACKSLASHES;
      long n = x ^ LINE_FEEDS;
      // A borrow can only mark bytes above a true match, so the lowest mark is right.
      long found =
          ((((q - ONES) & ~q) | ((s - ONES) & ~s) | ((n - ONES) & ~n)) & HIGH) | (x & HIGH);
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (b[i] != '"' && b[i] != '\\' && b[i] != '\n' && b[i] >= 0) {
      i++;
    }
    return i;
  }

  /** The index of the first line feed from {@code p} on; there must be one in the array. */
  static int lineFeed(byte[] b, int p) {
    int i = p;
    for (; i + 8 <= b.length; i += 8) {
      long n = (long) LONG.get(b, i) ^ LINE_FEEDS;
      long found = (n - ONES) & ~n & HIGH;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (b[i] != '\n') {
      i++;
    }
    return i;
  }

  /** Whether the ASCII text stands at {@code p} and before {@code end}. */
  static boolean at(byte[] b, int p, int end, String ascii) {
    if (end - p < ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (b[p + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
