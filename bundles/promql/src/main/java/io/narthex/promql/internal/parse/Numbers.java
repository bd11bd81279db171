package io.narthex.promql.internal.parse;

import io.narthex.model.GoQuote;
import io.narthex.model.PromDuration;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
      BigInteger whole = whole(s);
      double value = whole == null ? Double.parseDouble(s) : whole.doubleValue();
      if (!Double.isInfinite(value)) {
        return value;
      }
      in.error(t.position(), message(t, "value out of range"));
    } catch (NumberFormatException e) {
      in.error(t.position(), message(t, "invalid syntax"));
    }
    return 0;
  }

  private static String message(Token t, String reason) {
    return "error parsing number: strconv.ParseFloat: parsing "
        + GoQuote.quote(t.text())
        + ": "
        + reason;
  }

  /** A hexadecimal number, or an octal one, which begins with 0; null if it is neither. */
  private static @Nullable BigInteger whole(String s) {
    boolean hex = s.startsWith("0x");
    boolean octal = s.length() > 1 && s.charAt(0) == '0' && isOctal(s);
    if (!hex && !octal) {
      return null;
    }
    BigInteger n = new BigInteger(hex ? s.substring(2) : s, hex ? 16 : 8);
    if (n.bitLength() < 64) {
      return n;
    }
    if (hex) {
      throw new NumberFormatException("longer than 64 bits");
    }
    return null;
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
