package io.narthex.model;

/**
 * Durations in the configuration's notation: {@code 1h30m}, units y w d h m s ms, each at most once
 * and from large to small; a year has 365 days, a week 7.
 */
public final class PromDuration {

  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] MILLIS = {
    31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
  };

  /** The longest duration that the reference can hold: 2^63-1 nanoseconds. */
  private static final long MAX_MILLIS = Long.MAX_VALUE / 1_000_000;

  private PromDuration() {}

  /**
   * The milliseconds of a text.
   *
   * @throws IllegalArgumentException with the reference's words
   */
  public static long parse(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty duration string");
    }
    if (text.equals("0")) {
      return 0;
    }
    long total = 0;
    int unit = -1;
    int i = 0;
    while (i < text.length()) {
      int from = i;
      while (i < text.length() && isDigit(text.charAt(i))) {
        i++;
      }
      int unitEnd = i;
      while (unitEnd < text.length() && !isDigit(text.charAt(unitEnd))) {
        unitEnd++;
      }
      if (i == from || unitEnd == i) {
        throw invalid(text);
      }
      int next = unit(text.substring(i, unitEnd), text);
      if (next <= unit) {
        throw invalid(text);
      }
      total = add(total, text.substring(from, i), MILLIS[next]);
      unit = next;
      i = unitEnd;
    }
    return total;
  }

  private static long add(long total, String number, long millis) {
    try {
      long sum = Math.addExact(total, Math.multiplyExact(Long.parseLong(number), millis));
      if (sum <= MAX_MILLIS) {
        return sum;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException("duration out of range", e);
    }
    throw new IllegalArgumentException("duration out of range");
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int unit(String unit, String text) {
    for (int u = 0; u < UNITS.length; u++) {
      if (UNITS[u].equals(unit)) {
        return u;
      }
    }
    throw new IllegalArgumentException(
        "unknown unit " + GoQuote.quote(unit) + " in duration " + GoQuote.quote(text));
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException("not a valid duration string: " + GoQuote.quote(text));
  }

  /** The shortest text; years and weeks only where they divide the duration; zero is {@code 0s}. */
  public static String format(long millis) {
    if (millis == 0) {
      return "0s";
    }
    StringBuilder out = new StringBuilder();
    long rest = millis;
    if (rest < 0) {
      out.append('-');
      rest = -rest;
    }
    for (int u = 0; u < UNITS.length; u++) {
      boolean onlyExact = u < 2;
      if (onlyExact && rest % MILLIS[u] != 0) {
        continue;
      }
      long n = rest / MILLIS[u];
      if (n > 0) {
        out.append(n).append(UNITS[u]);
        rest -= n * MILLIS[u];
      }
    }
    return out.toString();
  }
}
