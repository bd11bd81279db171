package io.narthex.config.internal.yaml;

import org.jspecify.annotations.Nullable;

/**
 * What a plain scalar means: the rules of YAML 1.1 as the reference's parser applies them. Null
 * stands for a scalar that is a string.
 */
public final class Scalars {

  private Scalars() {}

  public static boolean isNull(String s) {
    return switch (s) {
      case "", "~", "null", "Null", "NULL" -> true;
      default -> false;
    };
  }

  public static @Nullable Boolean bool(String s) {
    return switch (s) {
      case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" -> true;
      case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" -> false;
      default -> null;
    };
  }

  /** A Long, or a Double for what is written as such or too large for a Long. */
  public static @Nullable Number number(String s) {
    if (s.isEmpty() || !startsLikeNumber(s)) {
      return null;
    }
    switch (s) {
      case ".nan", ".NaN", ".NAN" -> {
        return Double.NaN;
      }
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-.inf", "-.Inf", "-.INF" -> {
        return Double.NEGATIVE_INFINITY;
      }
      default -> {
        Number n = integer(s.replace("_", ""));
        return n != null ? n : isFloat(s.replace("_", "")) ? real(s.replace("_", "")) : null;
      }
    }
  }

  private static boolean startsLikeNumber(String s) {
    char c = s.charAt(0);
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.';
  }

  private static @Nullable Number integer(String s) {
    int from = s.startsWith("-") || s.startsWith("+") ? 1 : 0;
    int radix = 10;
    int digits = from;
    if (s.startsWith("0x", from) || s.startsWith("0X", from)) {
      radix = 16;
      digits = from + 2;
    } else if (s.startsWith("0b", from) || s.startsWith("0B", from)) {
      radix = 2;
      digits = from + 2;
    } else if (s.startsWith("0o", from) || s.startsWith("0O", from)) {
      radix = 8;
      digits = from + 2;
    } else if (s.startsWith("0", from) && s.length() > from + 1) {
      radix = 8;
      digits = from + 1;
    }
    if (digits >= s.length()) {
      return null;
    }
    for (int i = digits; i < s.length(); i++) {
      if (s.charAt(i) > 'f' || Character.digit(s.charAt(i), radix) < 0) {
        return null;
      }
    }
    try {
      return Long.parseLong((s.startsWith("-") ? "-" : "") + s.substring(digits), radix);
    } catch (NumberFormatException e) {
      // Only size can be at fault here: digits were checked.
      return radix == 10 ? real(s) : null;
    }
  }

  private static double real(String s) {
    return Double.parseDouble(s);
  }

  /** {@code [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?}. */
  private static boolean isFloat(String s) {
    int i = s.startsWith("-") || s.startsWith("+") ? 1 : 0;
    int whole = digits(s, i);
    i = whole;
    boolean some = whole > (s.startsWith("-") || s.startsWith("+") ? 1 : 0);
    if (i < s.length() && s.charAt(i) == '.') {
      int fraction = digits(s, i + 1);
      some |= fraction > i + 1;
      i = fraction;
    }
    if (!some) {
      return false;
    }
    if (i < s.length() && (s.charAt(i) == 'e' || s.charAt(i) == 'E')) {
      i++;
      if (i < s.length() && (s.charAt(i) == '-' || s.charAt(i) == '+')) {
        i++;
      }
      int exponent = digits(s, i);
      if (exponent == i) {
        return false;
      }
      i = exponent;
    }
    return i == s.length();
  }

  private static int digits(String s, int from) {
    int i = from;
    while (i < s.length() && s.charAt(i) >= '0' && s.charAt(i) <= '9') {
      i++;
    }
    return i;
  }
}
