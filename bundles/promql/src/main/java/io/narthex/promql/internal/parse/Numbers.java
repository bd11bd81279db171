package io.narthex.promql.internal.parse;

import io.narthex.model.PromDuration;
import java.util.Locale;

/** The values of number and duration tokens. */
final class Numbers {

  private Numbers() {}

  /** The value of a number or, in seconds, of a duration; errors are recorded. */
  static double value(TokenStream in, Token t) {
    return t.is(TokenType.DURATION) ? seconds(in, t) : number(in, t);
  }

  private static double seconds(TokenStream in, Token t) {
    try {
      return PromDuration.parse(t.text()) / 1000.0;
    } catch (IllegalArgumentException e) {
      in.error(t.position(), String.valueOf(e.getMessage()));
      return 0;
    }
  }

  private static double number(TokenStream in, Token t) {
    String s = t.text().replace("_", "").toLowerCase(Locale.ROOT);
    if (s.equals("inf")) {
      return Double.POSITIVE_INFINITY;
    }
    if (s.equals("nan")) {
      return Double.NaN;
    }
    try {
      if (s.startsWith("0x")) {
        return hexadecimal(s.substring(2));
      }
      boolean octal = s.length() > 1 && s.charAt(0) == '0' && isOctal(s);
      return octal ? octal(s) : Double.parseDouble(s);
    } catch (NumberFormatException e) {
      in.error(t.position(), "error parsing number: " + e.getMessage());
      return 0;
    }
  }

  private static double hexadecimal(String digits) {
    return new java.math.BigInteger(digits, 16).doubleValue();
  }

  /** Whole numbers with a leading zero are octal as long as they fit 64 bits. */
  private static double octal(String s) {
    java.math.BigInteger n = new java.math.BigInteger(s, 8);
    return n.bitLength() < 64 ? n.doubleValue() : Double.parseDouble(s);
  }

  private static boolean isOctal(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (s.charAt(i) < '0' || s.charAt(i) > '7') {
        return false;
      }
    }
    return true;
  }
}
