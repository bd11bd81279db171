package io.narthex.promql.internal.engine.function;

import java.time.LocalDate;
import java.time.Year;

/** Parts of the UTC date of a Unix time in seconds; fractions are cut off. */
final class DateParts {

  private static final long DAY = 86_400;

  /** The years that the calendar knows, in days. */
  private static final long LIMIT = 365_000_000_000L;

  private DateParts() {}

  static double minute(double v) {
    return Math.floorDiv(Math.floorMod(seconds(v), 3600), 60);
  }

  static double hour(double v) {
    return Math.floorDiv(Math.floorMod(seconds(v), DAY), 3600L);
  }

  static double dayOfWeek(double v) {
    return Math.floorMod(Math.floorDiv(seconds(v), DAY) + 4, 7);
  }

  static double dayOfMonth(double v) {
    return date(v).getDayOfMonth();
  }

  static double dayOfYear(double v) {
    return date(v).getDayOfYear();
  }

  static double daysInMonth(double v) {
    return date(v).lengthOfMonth();
  }

  static double month(double v) {
    return date(v).getMonthValue();
  }

  static double year(double v) {
    LocalDate date = date(v);
    return Year.from(date).getValue();
  }

  /** What is no number, or too big for one, is the smallest whole number. */
  private static long seconds(double v) {
    return v > -0x1p63 && v < 0x1p63 ? (long) v : Long.MIN_VALUE;
  }

  private static LocalDate date(double v) {
    long days = Math.floorDiv(seconds(v), DAY);
    return LocalDate.ofEpochDay(Math.clamp(days, -LIMIT, LIMIT));
  }
}
