package io.narthex.storage.tsdb.internal;

import java.util.Locale;

/** Sizes as flags give them: a number and B, KB, MB, GB, TB, PB or EB, of 1024 each. */
final class ByteSize {

  private static final String[] UNITS = {"", "K", "M", "G", "T", "P", "E"};

  private ByteSize() {}

  /**
   * The bytes of a text; a number without a unit is in bytes.
   *
   * @throws IllegalArgumentException if it is none
   */
  static long parse(String text) {
    String s = text.trim().toUpperCase(Locale.ROOT);
    int digits = 0;
    while (digits < s.length() && s.charAt(digits) >= '0' && s.charAt(digits) <= '9') {
      digits++;
    }
    String unit = s.substring(digits);
    if (unit.endsWith("IB")) {
      unit = unit.substring(0, unit.length() - 2);
    } else if (unit.endsWith("B")) {
      unit = unit.substring(0, unit.length() - 1);
    }
    for (int i = 0; i < UNITS.length; i++) {
      if (UNITS[i].equals(unit) && digits > 0) {
        try {
          return Math.multiplyExact(Long.parseLong(s.substring(0, digits)), 1L << (10 * i));
        } catch (ArithmeticException | NumberFormatException e) {
          throw new IllegalArgumentException("size \"" + text + "\" is too large", e);
        }
      }
    }
    throw new IllegalArgumentException("units: unknown unit in \"" + text + "\"");
  }
}
