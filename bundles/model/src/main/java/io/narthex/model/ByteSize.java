package io.narthex.model;

/**
 * Sizes in the configuration's notation: {@code 15MB}, {@code 1GiB}, {@code 1.5KB}; all units have
 * base 1024, and a number has a unit unless it is {@code 0}.
 */
public final class ByteSize {

  private static final String[] UNITS = {"EiB", "PiB", "TiB", "GiB", "MiB", "KiB", "B"};
  private static final String PREFIXES = "KMGTPE";

  private ByteSize() {}

  /**
   * The bytes of a text, which may be negative.
   *
   * @throws IllegalArgumentException with the reference's words
   */
  public static long parse(String text) {
    String s = text;
    boolean negative = s.startsWith("-");
    if (negative || s.startsWith("+")) {
      s = s.substring(1);
    }
    if (s.equals("0")) {
      return 0;
    }
    if (s.isEmpty()) {
      throw new IllegalArgumentException("units: invalid " + text);
    }
    double total = 0;
    int i = 0;
    while (i < s.length()) {
      int from = i;
      i = digits(s, i);
      if (i < s.length() && s.charAt(i) == '.') {
        i = digits(s, i + 1);
      }
      String number = s.substring(from, i);
      if (number.isEmpty() || number.equals(".")) {
        throw new IllegalArgumentException("units: invalid " + text);
      }
      int unit = i;
      while (i < s.length() && s.charAt(i) != '.' && !isDigit(s.charAt(i))) {
        i++;
      }
      total += Double.parseDouble(number) * factor(s.substring(unit, i), text);
    }
    if (total >= 0x1p63) {
      throw new IllegalArgumentException("units: overflow in " + text);
    }
    return negative ? -(long) total : (long) total;
  }

  private static int digits(String s, int from) {
    int i = from;
    while (i < s.length() && isDigit(s.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static long factor(String unit, String text) {
    if (unit.equals("B")) {
      return 1;
    }
    int power = unit.isEmpty() ? -1 : PREFIXES.indexOf(unit.charAt(0));
    if (power < 0 || !(unit.substring(1).equals("B") || unit.substring(1).equals("iB"))) {
      throw new IllegalArgumentException("units: unknown unit " + unit + " in " + text);
    }
    return 1L << (10 * (power + 1));
  }

  /** Units with their own number from large to small, {@code 1GiB512MiB}; zero is {@code 0B}. */
  public static String format(long bytes) {
    if (bytes == 0) {
      return "0B";
    }
    StringBuilder out = new StringBuilder();
    long rest = bytes;
    if (bytes < 0) {
      out.append('-');
      rest = -bytes;
    }
    for (int u = 0; u < UNITS.length; u++) {
      int shift = 10 * (UNITS.length - 1 - u);
      long n = rest >>> shift;
      if (n != 0) {
        out.append(n).append(UNITS[u]);
        rest -= n << shift;
      }
    }
    return out.toString();
  }
}
