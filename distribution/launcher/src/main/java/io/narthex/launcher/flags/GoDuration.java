package io.narthex.launcher.flags;

/** Durations in Go's notation: {@code 1.5h}, {@code 2ms}, {@code 1m30s}. */
final class GoDuration {
  private static final String[] UNITS = {"ns", "us", "µs", "μs", "ms", "s", "m", "h"};
  private static final long[] NANOS = {
    1, 1_000, 1_000, 1_000, 1_000_000, 1_000_000_000, 60_000_000_000L, 3_600_000_000_000L
  };

  private GoDuration() {}

  /** Nanoseconds of a text. */
  static long parseNanos(String text) {
    boolean negative = text.startsWith("-");
    int at = negative || text.startsWith("+") ? 1 : 0;
    if (text.substring(at).equals("0")) {
      return 0;
    }
    if (at == text.length()) {
      throw invalid(text);
    }
    double total = 0;
    while (at < text.length()) {
      int number = at;
      while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
        at++;
      }
      int unit = at;
      while (at < text.length() && !isDigit(text.charAt(at)) && text.charAt(at) != '.') {
        at++;
      }
      total += number(text, number, unit) * unit(text, unit, at);
    }
    if (total > Long.MAX_VALUE) {
      throw invalid(text);
    }
    return (long) (negative ? -total : total);
  }

  private static double number(String text, int from, int to) {
    try {
      return Double.parseDouble(text.substring(from, to));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("time: invalid duration \"" + text + "\"", e);
    }
  }

  private static long unit(String text, int from, int to) {
    String unit = text.substring(from, to);
    for (int i = 0; i < UNITS.length; i++) {
      if (UNITS[i].equals(unit)) {
        return NANOS[i];
      }
    }
    throw new IllegalArgumentException(
        unit.isEmpty()
            ? "time: missing unit in duration \"" + text + "\""
            : "time: unknown unit \"" + unit + "\" in duration \"" + text + "\"");
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException("time: invalid duration \"" + text + "\"");
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The text of whole milliseconds, as Go prints it: {@code 1m30s}, {@code 2ms}, {@code 1.5s}. */
  static String format(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    String sign = nanos < 0 ? "-" : "";
    long rest = Math.abs(nanos);
    if (rest < 1_000_000_000) {
      return sign + trim(rest / 1e6) + "ms";
    }
    long hours = rest / 3_600_000_000_000L;
    long minutes = rest % 3_600_000_000_000L / 60_000_000_000L;
    String seconds = trim(rest % 60_000_000_000L / 1e9) + "s";
    if (hours > 0) {
      return sign + hours + "h" + minutes + "m" + seconds;
    }
    return sign + (minutes > 0 ? minutes + "m" : "") + seconds;
  }

  private static String trim(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
