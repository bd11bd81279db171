package io.narthex.exposition.internal;

import java.nio.charset.StandardCharsets;

/**
 * Walks over the name and the label pairs in the text of a series, or in the braces of an exemplar,
 * that a reader has found to be well formed.
 */
final class SeriesText {

  byte[] b = new byte[0];

  /** The range of the label's name without quotes, or of the metric's name. */
  int nameFrom;

  int nameTo;

  /** The range of the label's value without quotes; -1 if this is the metric's name. */
  int valueFrom;

  int valueTo;

  private int at;
  private int end;

  void reset(byte[] bytes, int from, int to) {
    b = bytes;
    at = from;
    end = to;
  }

  /** Goes to the next name or pair; false behind the last. */
  boolean next() {
    while (at < end && (Bytes.isBlank(b[at]) || b[at] == '{' || b[at] == ',')) {
      at++;
    }
    if (at >= end || b[at] == '}') {
      return false;
    }
    if (b[at] == '"') {
      nameFrom = at + 1;
      at = closingQuote(nameFrom);
      nameTo = at++;
    } else {
      nameFrom = at;
      at = Bytes.metricNameEnd(b, at);
      nameTo = at;
    }
    skipBlanks();
    if (at >= end || b[at] != '=') {
      valueFrom = -1;
      valueTo = -1;
      return true;
    }
    at++;
    skipBlanks();
    valueFrom = at + 1;
    at = closingQuote(valueFrom);
    valueTo = at++;
    return true;
  }

  boolean isMetricName() {
    return valueFrom < 0;
  }

  private void skipBlanks() {
    while (at < end && Bytes.isBlank(b[at])) {
      at++;
    }
  }

  private int closingQuote(int from) {
    int p = from;
    while (b[p] != '"') {
      p += b[p] == '\\' ? 2 : 1;
    }
    return p;
  }

  /** The text in the range as it is. */
  static String raw(byte[] b, int from, int to) {
    return new String(b, from, to - from, StandardCharsets.UTF_8);
  }

  /** The text in the range with escapes replaced: quotes only where {@code quotes}. */
  static String unescaped(byte[] b, int from, int to, boolean quotes) {
    int p = from;
    while (p < to && b[p] != '\\') {
      p++;
    }
    if (p == to) {
      return raw(b, from, to);
    }
    byte[] out = new byte[to - from];
    int n = p - from;
    System.arraycopy(b, from, out, 0, n);
    while (p < to) {
      byte next = p + 1 < to ? b[p + 1] : 0;
      if (b[p] == '\\' && (next == '\\' || next == 'n' || (quotes && next == '"'))) {
        out[n++] = next == 'n' ? (byte) '\n' : next;
        p += 2;
      } else {
        out[n++] = b[p++];
      }
    }
    return new String(out, 0, n, StandardCharsets.UTF_8);
  }
}
