package io.narthex.web.api.internal;

import io.narthex.model.GoFloat;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes JSON straight into bytes as the reference's encoder does: {@code <}, {@code >} and {@code
 * &} escaped, sample values as text in the shortest form. Made for answers of millions of samples:
 * numbers become bytes without strings where they are whole or short decimals.
 */
final class JsonWriter implements Closeable {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int SIZE = 32 * 1024;

  /** The longest piece that is written without looking at the space left. */
  private static final int PIECE = 64;

  private static final double[] TENS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

  /** Decimals of at most 15 digits are the shortest form of the double they read as. */
  private static final double FIFTEEN_DIGITS = 1e15;

  /** Between these {@link Double#toString} writes no exponent. */
  private static final double PLAIN_FROM = 1e-3;

  private static final double PLAIN_TO = 1e7;

  private final OutputStream out;
  private final byte[] buffer = new byte[SIZE];
  private int size;
  private boolean comma;

  JsonWriter(OutputStream out) {
    this.out = out;
  }

  JsonWriter beginObject() throws IOException {
    return open('{');
  }

  JsonWriter endObject() throws IOException {
    return close('}');
  }

  JsonWriter beginArray() throws IOException {
    return open('[');
  }

  JsonWriter endArray() throws IOException {
    return close(']');
  }

  private JsonWriter open(char c) throws IOException {
    separate();
    buffer[size++] = (byte) c;
    comma = false;
    return this;
  }

  private JsonWriter close(char c) throws IOException {
    room();
    buffer[size++] = (byte) c;
    comma = true;
    return this;
  }

  JsonWriter key(String name) throws IOException {
    separate();
    text(name);
    room();
    buffer[size++] = ':';
    comma = false;
    return this;
  }

  JsonWriter string(String value) throws IOException {
    separate();
    text(value);
    comma = true;
    return this;
  }

  JsonWriter number(long value) throws IOException {
    separate();
    digits(value);
    comma = true;
    return this;
  }

  /** A float as the reference's encoder writes one that is no sample; no NaN, no infinity. */
  JsonWriter number(double value) throws IOException {
    separate();
    ascii(GoFloat.sample(value));
    comma = true;
    return this;
  }

  JsonWriter bool(boolean value) throws IOException {
    separate();
    ascii(value ? "true" : "false");
    comma = true;
    return this;
  }

  JsonWriter nullValue() throws IOException {
    separate();
    ascii("null");
    comma = true;
    return this;
  }

  /** JSON that is written already. */
  JsonWriter raw(String json) throws IOException {
    separate();
    for (byte b : json.getBytes(StandardCharsets.UTF_8)) {
      room();
      buffer[size++] = b;
    }
    comma = true;
    return this;
  }

  /** {@code [1.500,"0.25"]}. */
  void sample(long timestamp, double value) throws IOException {
    separate();
    room();
    buffer[size++] = '[';
    rawTimestamp(timestamp);
    buffer[size++] = ',';
    buffer[size++] = '"';
    rawSampleValue(value);
    room();
    buffer[size++] = '"';
    buffer[size++] = ']';
    comma = true;
  }

  /** Seconds, and milliseconds where there are some. */
  void timestamp(long millis) throws IOException {
    separate();
    rawTimestamp(millis);
    comma = true;
  }

  /** Seconds as a plain number: the form beside scalars and strings. */
  void timestampNumber(long millis) throws IOException {
    separate();
    ascii(GoFloat.sample(millis / 1000.0));
    comma = true;
  }

  /** A sample's value, as text. */
  void sampleValue(double value) throws IOException {
    separate();
    room();
    buffer[size++] = '"';
    rawSampleValue(value);
    room();
    buffer[size++] = '"';
    comma = true;
  }

  private void rawTimestamp(long millis) throws IOException {
    room();
    long rest = millis;
    if (rest < 0) {
      buffer[size++] = '-';
      rest = -rest;
    }
    digits(rest / 1000);
    int fraction = (int) (rest % 1000);
    if (fraction != 0) {
      buffer[size++] = '.';
      buffer[size++] = (byte) ('0' + fraction / 100);
      buffer[size++] = (byte) ('0' + fraction / 10 % 10);
      buffer[size++] = (byte) ('0' + fraction % 10);
    }
  }

  private void rawSampleValue(double value) throws IOException {
    double abs = Math.abs(value);
    if (!(abs >= PLAIN_FROM && abs < FIFTEEN_DIGITS)) {
      ascii(GoFloat.sample(value));
      return;
    }
    int places = abs < 1e9 ? 6 : abs < 1e12 ? 3 : 0;
    double scaled = value * TENS[places];
    // The product may be off by a bit, the quotient is not: it is what a reader makes of it.
    long whole = Math.round(scaled);
    if (whole / TENS[places] == value) {
      while (places > 0 && whole % 10 == 0) {
        whole /= 10;
        places--;
      }
      decimal(whole, places);
    } else if (abs < PLAIN_TO) {
      ascii(Double.toString(value)); // Has a fraction that is not zero, so it is Go's form too.
    } else {
      ascii(GoFloat.sample(value));
    }
  }

  /** {@code whole} with the last {@code places} digits behind the point. */
  private void decimal(long whole, int places) throws IOException {
    room();
    long abs = Math.abs(whole);
    if (whole < 0) {
      buffer[size++] = '-';
    }
    long unit = (long) TENS[places];
    digits(abs / unit);
    if (places == 0) {
      return;
    }
    buffer[size++] = '.';
    long fraction = abs % unit;
    for (long u = unit / 10; u > 0; u /= 10) {
      buffer[size++] = (byte) ('0' + fraction / u % 10);
    }
  }

  private void digits(long value) throws IOException {
    room();
    if (value < 0) {
      ascii(Long.toString(value));
      return;
    }
    int n = 1;
    for (long v = value; v >= 10; v /= 10) {
      n++;
    }
    int at = size + n;
    long v = value;
    do {
      buffer[--at] = (byte) ('0' + v % 10);
      v /= 10;
    } while (v != 0);
    size += n;
  }

  private void ascii(String s) throws IOException {
    int n = s.length();
    for (int from = 0; from < n; from += PIECE) {
      room();
      int to = Math.min(n, from + PIECE);
      for (int i = from; i < to; i++) {
        buffer[size++] = (byte) s.charAt(i);
      }
    }
  }

  private void separate() throws IOException {
    room();
    if (comma) {
      buffer[size++] = ',';
    }
  }

  /** Makes room for one piece and a few signs around it. */
  private void room() throws IOException {
    if (size > SIZE - PIECE - 16) {
      flushBuffer();
    }
  }

  private void text(String s) throws IOException {
    room();
    buffer[size++] = '"';
    int n = s.length();
    for (int i = 0; i < n; i++) {
      room();
      char c = s.charAt(i);
      if (c < 0x80) {
        ascii(c);
      } else if (c < 0x800) {
        buffer[size++] = (byte) (0xc0 | c >> 6);
        buffer[size++] = (byte) (0x80 | (c & 0x3f));
      } else if (Character.isHighSurrogate(c)
          && i + 1 < n
          && Character.isLowSurrogate(s.charAt(i + 1))) {
        int point = Character.toCodePoint(c, s.charAt(++i));
        buffer[size++] = (byte) (0xf0 | point >> 18);
        buffer[size++] = (byte) (0x80 | (point >> 12 & 0x3f));
        buffer[size++] = (byte) (0x80 | (point >> 6 & 0x3f));
        buffer[size++] = (byte) (0x80 | (point & 0x3f));
      } else if (c == 0x2028 || c == 0x2029) {
        unicode(c);
      } else {
        char whole = Character.isSurrogate(c) ? '\ufffd' : c;
        buffer[size++] = (byte) (0xe0 | whole >> 12);
        buffer[size++] = (byte) (0x80 | (whole >> 6 & 0x3f));
        buffer[size++] = (byte) (0x80 | (whole & 0x3f));
      }
    }
    buffer[size++] = '"';
  }

  private void ascii(char c) {
    switch (c) {
      case '"', '\\' -> {
        buffer[size++] = '\\';
        buffer[size++] = (byte) c;
      }
      case '\n' -> escape('n');
      case '\r' -> escape('r');
      case '\t' -> escape('t');
      case '<', '>', '&' -> unicode(c);
      default -> {
        if (c < ' ') {
          unicode(c);
        } else {
          buffer[size++] = (byte) c;
        }
      }
    }
  }

  private void escape(char c) {
    buffer[size++] = '\\';
    buffer[size++] = (byte) c;
  }

  private void unicode(char c) {
    escape('u');
    buffer[size++] = HEX[c >> 12];
    buffer[size++] = HEX[c >> 8 & 15];
    buffer[size++] = HEX[c >> 4 & 15];
    buffer[size++] = HEX[c & 15];
  }

  private void flushBuffer() throws IOException {
    out.write(buffer, 0, size);
    size = 0;
  }

  /** Writes what is left and closes the stream below. */
  @Override
  public void close() throws IOException {
    flushBuffer();
    out.close();
  }
}
