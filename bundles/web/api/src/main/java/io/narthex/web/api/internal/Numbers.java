package io.narthex.web.api.internal;

import io.narthex.model.GoQuote;
import io.narthex.model.PromDuration;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Times, durations and limits in the notations of parameters. */
final class Numbers {

  /** The earliest and latest time of the reference, in milliseconds. */
  static final long MIN_TIME = -9_223_309_901_257_974_000L;

  static final long MAX_TIME = 9_223_309_901_257_974_999L;

  private static final String MIN_TEXT = "-292273086-05-16T16:47:06Z";
  private static final String MAX_TEXT = "292277025-08-18T07:12:54.999999999Z";

  private static final int LONGEST = 64;

  private Numbers() {}

  /**
   * Milliseconds of Unix seconds or RFC 3339.
   *
   * @throws ApiException without the parameter's name
   */
  static long time(String text) throws ApiException {
    Double seconds = number(text);
    if (seconds != null && Math.abs(seconds) < 9.2e15) {
      double whole = seconds < 0 ? Math.ceil(seconds) : Math.floor(seconds);
      return ((long) whole) * 1000 + Math.round((seconds - whole) * 1000);
    }
    if (text.equals(MIN_TEXT)) {
      return MIN_TIME;
    }
    if (text.equals(MAX_TEXT)) {
      return MAX_TIME;
    }
    if (text.length() <= LONGEST) {
      try {
        return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
            .toInstant()
            .toEpochMilli();
      } catch (DateTimeException | ArithmeticException e) {
        throw new ApiException(ApiException.Type.BAD_DATA, noTime(text), e);
      }
    }
    throw ApiException.badData(noTime(text));
  }

  private static String noTime(String text) {
    return "cannot parse " + GoQuote.quote(text) + " to a valid timestamp";
  }

  /** Milliseconds, not rounded, of seconds or a duration like {@code 5m}; may be negative. */
  static double duration(String text) throws ApiException {
    Double seconds = number(text);
    if (seconds != null) {
      double nanos = seconds * 1e9;
      if (Double.isNaN(nanos) || nanos > Long.MAX_VALUE || nanos < Long.MIN_VALUE) {
        throw ApiException.badData(noDuration(text) + ". It overflows int64");
      }
      return seconds * 1e3;
    }
    if (text.length() <= LONGEST) {
      try {
        return PromDuration.parse(text);
      } catch (IllegalArgumentException e) {
        throw new ApiException(ApiException.Type.BAD_DATA, noDuration(text), e);
      }
    }
    throw ApiException.badData(noDuration(text));
  }

  private static String noDuration(String text) {
    return "cannot parse " + GoQuote.quote(text) + " to a valid duration";
  }

  /** A whole number as the reference reads one; for errors, its words. */
  static int integer(String text) throws ApiException {
    try {
      if (text.length() <= 20) {
        return Math.clamp(Long.parseLong(text), Integer.MIN_VALUE, Integer.MAX_VALUE);
      }
    } catch (NumberFormatException e) {
      throw new ApiException(ApiException.Type.BAD_DATA, noInteger(text), e);
    }
    throw ApiException.badData(noInteger(text));
  }

  private static String noInteger(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return "strconv.Atoi: parsing "
        + GoQuote.quote(text)
        + (digits ? ": value out of range" : ": invalid syntax");
  }

  /** The number that the text is, null if it is none that the reference would read. */
  private static @Nullable Double number(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+';
      if (!plain && c != 'e' && c != 'E') {
        return null;
      }
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return null; // The caller tries other notations, and reports if there is none.
    }
  }

  /** RFC 3339 with as many digits of the second as are needed; year 1 for none. */
  static String rfc3339(@Nullable Instant time) {
    if (time == null) {
      return "0001-01-01T00:00:00Z";
    }
    String text = time.toString();
    int point = text.indexOf('.');
    if (point < 0) {
      return text;
    }
    int end = text.length() - 1;
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, end) + "Z";
  }
}
