package io.narthex.model;

/**
 * Floating point numbers as text in the forms of the reference: the shortest digits that read back
 * as the same value, as plain decimals ({@code f}), with an exponent ({@code e}), or by size
 * ({@code g}).
 */
public final class GoFloat {

  private GoFloat() {}

  /** Never an exponent: {@code 0.000001}, {@code 1000000000000000000000}. */
  public static String f(double v) {
    return format(v, 'f');
  }

  /** Always an exponent of at least two digits: {@code 1e+00}. */
  public static String e(double v) {
    return format(v, 'e');
  }

  /** An exponent if it is below -4 or at least 6: the form of {@code %v} and {@code %g}. */
  public static String g(double v) {
    return format(v, 'g');
  }

  /** The form of sample values in query answers: an exponent below 1e-6 and from 1e21 on. */
  public static String sample(double v) {
    double abs = Math.abs(v);
    return abs != 0 && (abs < 1e-6 || abs >= 1e21) ? e(v) : f(v);
  }

  /** The form of bucket bounds in OpenMetrics: {@code g}, and with {@code .0} where integral. */
  public static String openMetrics(double v) {
    if (Double.isNaN(v) || Double.isInfinite(v)) {
      return f(v);
    }
    String g = g(v);
    for (int i = 0; i < g.length(); i++) {
      char c = g.charAt(i);
      if (c == '.' || c == 'e') {
        return g;
      }
    }
    return g + ".0";
  }

  private static String format(double v, char form) {
    if (Double.isNaN(v)) {
      return "NaN";
    }
    if (Double.isInfinite(v)) {
      return v > 0 ? "+Inf" : "-Inf";
    }
    double limit = form == 'g' ? 1e6 : form == 'f' ? 1e15 : 0;
    if (v == (long) v && Math.abs(v) < limit && (v != 0 || 1 / v > 0)) {
      return Long.toString((long) v);
    }
    StringBuilder digits = new StringBuilder(24);
    int exponent = decompose(Math.abs(v), digits);
    StringBuilder out = new StringBuilder(32);
    if (v < 0 || 1 / v < 0) {
      out.append('-');
    }
    boolean scientific = form == 'e' || (form == 'g' && (exponent < -4 || exponent >= 6));
    if (scientific) {
      appendScientific(out, digits, exponent);
    } else {
      appendPlain(out, digits, exponent);
    }
    return out.toString();
  }

  /** Puts the shortest digits, without zeros at either end, and gives the exponent of the first. */
  private static int decompose(double abs, StringBuilder digits) {
    if (abs == 0) {
      digits.append('0');
      return 0;
    }
    String text = Double.toString(abs);
    int mark = text.indexOf('E');
    int exponent = mark < 0 ? 0 : Integer.parseInt(text.substring(mark + 1));
    String mantissa = mark < 0 ? text : text.substring(0, mark);
    int point = mantissa.indexOf('.');
    digits.append(mantissa, 0, point).append(mantissa, point + 1, mantissa.length());
    exponent += point - 1;
    int lead = 0;
    while (lead < digits.length() - 1 && digits.charAt(lead) == '0') {
      lead++;
    }
    digits.delete(0, lead);
    exponent -= lead;
    int end = digits.length();
    while (end > 1 && digits.charAt(end - 1) == '0') {
      end--;
    }
    digits.setLength(end);
    return shortenSubnormal(abs, digits, exponent);
  }

  /** Java gives two digits where, of the smallest numbers, one may do. */
  private static int shortenSubnormal(double abs, StringBuilder digits, int exponent) {
    if (abs >= 1e-320 || digits.length() != 2) {
      return exponent;
    }
    int one = (Integer.parseInt(digits.toString()) + 5) / 10;
    if (Double.parseDouble(one + "e" + exponent) != abs) {
      return exponent;
    }
    digits.setLength(0);
    digits.append(one == 10 ? 1 : one);
    return one == 10 ? exponent + 1 : exponent;
  }

  private static void appendScientific(StringBuilder out, StringBuilder digits, int exponent) {
    out.append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    out.append('e').append(exponent < 0 ? '-' : '+');
    int abs = Math.abs(exponent);
    if (abs < 10) {
      out.append('0');
    }
    out.append(abs);
  }

  private static void appendPlain(StringBuilder out, StringBuilder digits, int exponent) {
    if (exponent < 0) {
      out.append("0.").repeat('0', -exponent - 1).append(digits);
      return;
    }
    if (digits.length() <= exponent + 1) {
      out.append(digits).repeat('0', exponent + 1 - digits.length());
      return;
    }
    out.append(digits, 0, exponent + 1).append('.').append(digits, exponent + 1, digits.length());
  }
}
