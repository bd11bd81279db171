package io.narthex.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks and reads UTF-8 without decoding it to strings. */
final class Utf8 {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH = 0x8080808080808080L;

  private Utf8() {}

  /** An index up to which all bytes are ASCII, near the first that is not; {@code end} if none. */
  static int asciiEnd(byte[] b, int offset, int end) {
    int i = offset;
    while (i + 8 <= end && ((long) LONG.get(b, i) & HIGH) == 0) {
      i += 8;
    }
    while (i < end && b[i] >= 0) {
      i++;
    }
    return i;
  }

  /**
   * The length of the character that begins at {@code i}, 1 to 4, or 0 if there is none: no
   * overlong forms, surrogates, values over U+10FFFF, or characters cut at {@code end}.
   */
  static int sequence(byte[] b, int i, int end) {
    int first = b[i];
    if (first >= 0) {
      return 1;
    }
    int lead = first & 0xFF;
    if (lead < 0xC2 || lead > 0xF4) {
      return 0;
    }
    int n = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (i + n > end) {
      return 0;
    }
    for (int k = 1; k < n; k++) {
      if ((b[i + k] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = b[i + 1] & 0xFF;
    boolean bad =
        (lead == 0xE0 && second < 0xA0)
            || (lead == 0xED && second > 0x9F)
            || (lead == 0xF0 && second < 0x90)
            || (lead == 0xF4 && second > 0x8F);
    return bad ? 0 : n;
  }

  /** The code point of the character of {@code n} bytes that begins at {@code i}. */
  static int rune(byte[] b, int i, int n) {
    if (n == 1) {
      return b[i];
    }
    int c = b[i] & (0x7F >> n);
    for (int k = 1; k < n; k++) {
      c = (c << 6) | (b[i + k] & 0x3F);
    }
    return c;
  }
}
