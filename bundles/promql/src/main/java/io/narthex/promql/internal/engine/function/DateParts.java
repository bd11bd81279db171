package io.narthex.promql.internal.engine.function;

import java.time.LocalDate;

/** Parts of the UTC date of a Unix time in seconds; fractions are cut off. */
final class DateParts {

  private static final long DAY = 86_400;

  /** Days after which the calendar repeats. */
  private static final long CYCLE_DAYS = 146_097;

  private static final long CYCLE_YEARS = 400;

  /** Where the reference's calendar begins; what is before wraps around to its end. */
  private static final long EARLIEST = -9_223_372_028_715_321_600L;

  private DateParts() {}

  static double minute(double v) {
    return Math.floorDiv(secondOfDay(v) % 3600, 60L);
  }

  static double hour(double v) {
    return Math.floorDiv(secondOfDay(v), 3600L);
  }

  static double dayOfWeek(double v) {
    return Math.floorMod(days(v) + 4, 7);
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
    return date(v).getYear() + Math.floorDiv(days(v), CYCLE_DAYS) * CYCLE_YEARS;
  }

  /** What is no number, or too big for one, is the smallest whole number. */
  private static long seconds(double v) {
    return v > -0x1p63 && v < 0x1p63 ? (long) v : Long.MIN_VALUE;
  }

  private static long days(double v) {
    long s = seconds(v);
    return s < EARLIEST ? Long.divideUnsigned(s, DAY) : Math.floorDiv(s, DAY);
  }

  private static long secondOfDay(double v) {
    long s = seconds(v);
    return s < EARLIEST ? Long.remainderUnsigned(s, DAY) : Math.floorMod(s, DAY);
  }

  /** A date of the same month and day, with a year that the calendar knows. */
  private static LocalDate date(double v) {
    return LocalDate.ofEpochDay(Math.floorMod(days(v), CYCLE_DAYS));
  }
}
