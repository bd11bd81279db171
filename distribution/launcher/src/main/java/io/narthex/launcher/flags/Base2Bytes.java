package io.narthex.launcher.flags;

/** Sizes with a unit that counts in powers of 1024: {@code 512MB} and {@code 512MiB} are one. */
final class Base2Bytes {
  private static final String PREFIXES = "KMGTPE";

  private Base2Bytes() {}

  /** Bytes of a text such as {@code 1GB512MB}; the unit is mandatory except for 0. */
  static long parse(String text) {
    String rest = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return 0;
    }
    if (rest.isEmpty()) {
      throw new IllegalArgumentException("units: invalid " + text);
    }
    double total = 0;
    int at = 0;
    while (at < rest.length()) {
      int number = at;
      while (at < rest.length() && isNumber(rest.charAt(at))) {
        at++;
      }
      int unit = at;
      while (at < rest.length() && !isNumber(rest.charAt(at))) {
        at++;
      }
      total += number(text, rest.substring(number, unit)) * unit(text, rest.substring(unit, at));
    }
    if (total > Long.MAX_VALUE) {
      throw new IllegalArgumentException("units: overflow of " + text);
    }
    return (long) (text.startsWith("-") ? -total : total);
  }

  private static double number(String text, String digits) {
    try {
      return Double.parseDouble(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("units: invalid " + text, e);
    }
  }

  private static double unit(String text, String unit) {
    if (unit.equals("B")) {
      return 1;
    }
    int power = unit.isEmpty() ? -1 : PREFIXES.indexOf(unit.charAt(0));
    if (power < 0 || !(unit.substring(1).equals("B") || unit.substring(1).equals("iB"))) {
      throw new IllegalArgumentException("units: unknown unit " + unit + " in " + text);
    }
    return Math.pow(1024, power + 1);
  }

  private static boolean isNumber(char c) {
    return (c >= '0' && c <= '9') || c == '.';
  }

  /** The text of a size: {@code 1GiB512MiB}, {@code 0B}. */
  static String format(long bytes) {
    if (bytes == 0) {
      return "0B";
    }
    StringBuilder out = new StringBuilder(bytes < 0 ? "-" : "");
    long rest = Math.abs(bytes);
    for (int power = PREFIXES.length(); power >= 0; power--) {
      long unit = 1L << (10 * power);
      if (rest >= unit) {
        out.append(rest / unit);
        out.append(power == 0 ? "B" : PREFIXES.charAt(power - 1) + "iB");
        rest %= unit;
      }
    }
    return out.toString();
  }
}
