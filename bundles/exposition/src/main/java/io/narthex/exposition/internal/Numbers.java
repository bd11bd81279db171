package io.narthex.exposition.internal;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import io.narthex.api.exposition.ExpositionException;
import io.narthex.model.StaleMarker;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers as the reference does: decimal, {@code NaN}, infinities in any case of letters, no
 * hexadecimal, an error where the value is too large. One for each reader, as it hands its result
 * over in {@link #value}.
 */
final class Numbers {

  /** Powers of ten that a double holds exactly. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final long EXACT = 1L << 53;

  /** No double, nor the middle between two, has more significant digits than 768. */
  private static final int SIGNIFICANT = 800;

  private static final int LONG_TOKEN = 1024;

  /** The last number that was read. */
  double value;

  /**
   * Reads a decimal that begins at {@code from} and whose value is one exact operation away: up to
   * 18 digits below 2^53 and a power of ten up to 22. Some byte that is no part of it must follow.
   *
   * @return the index behind it, or -1 if it is none of these
   */
  int shortDecimal(byte[] b, int from) {
    int p = from;
    boolean negative = b[p] == '-';
    if (negative) {
      p++;
    }
    long w = 0;
    int first = p;
    int d = b[p] - '0';
    while (d >= 0 && d <= 9) {
      w = w * 10 + d;
      d = b[++p] - '0';
    }
    int digits = p - first;
    int exponent = 0;
    if (b[p] == '.') {
      int point = ++p;
      d = b[p] - '0';
      while (d >= 0 && d <= 9) {
        w = w * 10 + d;
        d = b[++p] - '0';
      }
      exponent = point - p;
      digits -= exponent;
    }
    if (digits == 0 || digits > 18 || w > EXACT) {
      return -1;
    }
    if ((b[p] | 0x20) == 'e') {
      boolean minus = b[++p] == '-';
      if (minus || b[p] == '+') {
        p++;
      }
      int e = 0;
      int start = p;
      while (Bytes.isDigit(b[p]) && p - start < 4) {
        e = e * 10 + b[p++] - '0';
      }
      if (p == start) {
        return -1;
      }
      exponent += minus ? -e : e;
    }
    if (exponent < -22 || exponent > 22) {
      return -1;
    }
    double abs = exponent < 0 ? w / POWERS[-exponent] : w * POWERS[exponent];
    value = negative ? -abs : abs;
    return p;
  }

  /**
   * Reads the number that fills the range.
   *
   * @param context from here to {@code to} is shown in the error
   */
  void read(byte[] b, int from, int to, int context) throws ExpositionException {
    for (int i = from; i < to; i++) {
      if (b[i] == 'p' || b[i] == 'P' || b[i] == '_') {
        throw new ExpositionException(
            "unsupported character in float while parsing: " + Excerpt.quote(b, context, to));
      }
    }
    String problem = parse(b, from, to);
    if (problem != null) {
      throw new ExpositionException(
          "strconv.ParseFloat: parsing "
              + Excerpt.quote(b, from, to)
              + problem
              + " while parsing: "
              + Excerpt.quote(b, context, to));
    }
  }

  /** Reads the number that fills the range; false if there is none. */
  boolean tryRead(byte[] b, int from, int to) {
    return parse(b, from, to) == null;
  }

  private @Nullable String parse(byte[] b, int from, int to) {
    if (special(b, from, to)) {
      return null;
    }
    if (!isDecimal(b, from, to)) {
      return ": invalid syntax";
    }
    value =
        to - from > LONG_TOKEN
            ? truncated(b, from, to)
            : JavaDoubleParser.parseDouble(b, from, to - from);
    return Double.isInfinite(value) ? ": value out of range" : null;
  }

  /** Infinities with and without sign, and NaN without. */
  private boolean special(byte[] b, int from, int to) {
    if (to - from < 3) {
      return false;
    }
    boolean signed = b[from] == '+' || b[from] == '-';
    int p = signed ? from + 1 : from;
    if (equalsIgnoreCase(b, p, to, "inf") || equalsIgnoreCase(b, p, to, "infinity")) {
      value = b[from] == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      return true;
    }
    if (!signed && equalsIgnoreCase(b, p, to, "nan")) {
      value = StaleMarker.NORMAL_NAN;
      return true;
    }
    return false;
  }

  private static boolean equalsIgnoreCase(byte[] b, int from, int to, String lower) {
    if (to - from != lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      int c = b[from + i];
      if (c != lower.charAt(i) && c != lower.charAt(i) - 0x20) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDecimal(byte[] b, int from, int to) {
    int p = from;
    if (p < to && (b[p] == '+' || b[p] == '-')) {
      p++;
    }
    int start = p;
    p = digitsEnd(b, p, to);
    int digits = p - start;
    if (p < to && b[p] == '.') {
      int point = ++p;
      p = digitsEnd(b, p, to);
      digits += p - point;
    }
    if (digits == 0) {
      return false;
    }
    if (p < to && (b[p] == 'e' || b[p] == 'E')) {
      p++;
      if (p < to && (b[p] == '+' || b[p] == '-')) {
        p++;
      }
      start = p;
      p = digitsEnd(b, p, to);
      if (p == start) {
        return false;
      }
    }
    return p == to;
  }

  private static int digitsEnd(byte[] b, int from, int to) {
    int p = from;
    while (p < to && Bytes.isDigit(b[p])) {
      p++;
    }
    return p;
  }

  /** The value of a very long decimal, from its first digits and one that stands for the rest. */
  private static double truncated(byte[] b, int from, int to) {
    StringBuilder digits = new StringBuilder(SIGNIFICANT + 32);
    int p = from;
    if (b[p] == '-' || b[p] == '+') {
      digits.append((char) b[p++]);
    }
    int sign = digits.length();
    long exponent = 0;
    boolean fraction = false;
    boolean rest = false;
    for (; p < to && b[p] != 'e' && b[p] != 'E'; p++) {
      if (b[p] == '.') {
        fraction = true;
        continue;
      }
      boolean leading = digits.length() == sign && b[p] == '0';
      if (digits.length() - sign < SIGNIFICANT) {
        if (!leading) {
          digits.append((char) b[p]);
        }
        exponent -= fraction ? 1 : 0;
      } else {
        rest |= b[p] != '0';
        exponent += fraction ? 0 : 1;
      }
    }
    if (digits.length() == sign) {
      digits.append('0');
    }
    if (rest) {
      digits.append('1');
      exponent--;
    }
    long sum = exponent + writtenExponent(b, p, to);
    digits.append('e').append(Math.clamp(sum, -100_000L, 100_000L));
    return JavaDoubleParser.parseDouble(digits);
  }

  /** The exponent behind an {@code e} at {@code p}, held within what can matter. */
  private static long writtenExponent(byte[] b, int from, int to) {
    if (from >= to) {
      return 0;
    }
    int p = from + 1;
    boolean minus = b[p] == '-';
    if (minus || b[p] == '+') {
      p++;
    }
    long e = 0;
    for (; p < to; p++) {
      e = Math.min(e * 10 + b[p] - '0', 1L << 40);
    }
    return minus ? -e : e;
  }

  /** The whole number of the digits in the range, as a timestamp in milliseconds. */
  static long milliseconds(byte[] b, int from, int to, int context) throws ExpositionException {
    long out = 0;
    for (int i = from; i < to; i++) {
      int d = b[i] - '0';
      if (out > (Long.MAX_VALUE - d) / 10) {
        throw new ExpositionException(
            "strconv.ParseInt: parsing "
                + Excerpt.quote(b, from, to)
                + ": value out of range while parsing: "
                + Excerpt.quote(b, context, to));
      }
      out = out * 10 + d;
    }
    return out;
  }

  /** Seconds as milliseconds, cut towards zero; what does not fit gives the smallest number. */
  static long millis(double seconds) {
    double ms = seconds * 1000;
    return ms >= 0x1p63 || ms < -0x1p63 ? Long.MIN_VALUE : (long) ms;
  }

  /** The text of a number that cannot be a time. */
  static String show(double v) {
    return Double.isNaN(v) ? "NaN" : v > 0 ? "+Inf" : "-Inf";
  }
}
