package io.narthex.promql.testlang;

import io.narthex.model.GoQuote;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.PromDuration;
import io.narthex.model.StaleMarker;
import io.narthex.promql.internal.parse.ParseException;
import io.narthex.promql.internal.parse.Parser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A series with its values in the notation of the test language: {@code metric{a="b"} 1 2 _ 1+2x3
 * stale}.
 *
 * @param items one for each position
 */
public record SeriesNotation(Labels labels, List<Item> items) {

  /** What stands at one position. */
  public enum Kind {
    GAP,
    FLOAT,
    /** A native histogram, whose content is kept as text only. */
    HISTOGRAM
  }

  /**
   * @param value of a float; of a histogram, how often its second part is added
   * @param text of a histogram
   */
  public record Item(Kind kind, double value, String text) {
    static final Item GAP = new Item(Kind.GAP, 0, "");

    static Item of(double value) {
      return new Item(Kind.FLOAT, value, "");
    }
  }

  /** A series may not have more values than this in one line. */
  private static final int MAX_REPETITIONS = 1_000_000;

  public static SeriesNotation parse(String line) throws ParseException {
    int end = selectorEnd(line);
    List<Item> items = new ArrayList<>();
    for (String token : tokens(line.substring(end))) {
      expand(token, items);
    }
    return new SeriesNotation(labels(line.substring(0, end)), items);
  }

  /** The labels of a metric that stands alone. */
  public static Labels labels(String selector) throws ParseException {
    String text = selector.trim();
    if (text.equals("{}")) {
      return Labels.EMPTY;
    }
    LabelsBuilder labels = new LabelsBuilder();
    for (var m : Parser.parseSelector(text)) {
      labels.set(m.name(), m.value());
    }
    return labels.build();
  }

  /** The index behind the metric and its braces. */
  static int selectorEnd(String line) {
    int i = 0;
    while (i < line.length() && line.charAt(i) != '{' && !Character.isWhitespace(line.charAt(i))) {
      i++;
    }
    if (i == line.length() || line.charAt(i) != '{') {
      return i;
    }
    char quote = 0;
    for (; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == '\\' && quote != '`') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'' || c == '`') {
        quote = c;
      } else if (c == '}') {
        return i + 1;
      }
    }
    return line.length();
  }

  /** Cuts at blanks outside of double braces. */
  private static List<String> tokens(String text) {
    List<String> out = new ArrayList<>();
    StringBuilder token = new StringBuilder();
    boolean histogram = false;
    for (int i = 0; i < text.length(); i++) {
      histogram = text.startsWith("{{", i) || (histogram && !text.startsWith("}}", i));
      char c = text.charAt(i);
      if (Character.isWhitespace(c) && !histogram) {
        if (!token.isEmpty()) {
          out.add(token.toString());
          token.setLength(0);
        }
      } else {
        token.append(c);
      }
    }
    if (!token.isEmpty()) {
      out.add(token.toString());
    }
    return out;
  }

  private static void expand(String token, List<Item> into) throws ParseException {
    int x = token.lastIndexOf('x');
    boolean repeated = x > 0 && isDigits(token.substring(x + 1));
    int times = repeated ? repetitions(token.substring(x + 1)) : 0;
    String body = repeated ? token.substring(0, x) : token;
    if (body.equals("_")) {
      for (int i = 0; i < (repeated ? times : 1); i++) {
        into.add(Item.GAP);
      }
    } else if (body.startsWith("{{")) {
      for (int i = 0; i <= times; i++) {
        into.add(new Item(Kind.HISTOGRAM, i, body));
      }
    } else if (body.equals("stale")) {
      into.add(Item.of(StaleMarker.VALUE));
    } else {
      floats(body, times, into);
    }
  }

  private static void floats(String body, int times, List<Item> into) throws ParseException {
    int sign = stepSign(body);
    if (sign < 0) {
      double value = number(body);
      for (int i = 0; i <= times; i++) {
        into.add(Item.of(value));
      }
      return;
    }
    double value = number(body.substring(0, sign));
    double step = number(body.substring(sign));
    for (int i = 0; i <= times; i++) {
      into.add(Item.of(value));
      value += step;
    }
  }

  /** The index of the sign between start and step, or -1. */
  private static int stepSign(String s) {
    for (int i = 1; i < s.length(); i++) {
      char c = s.charAt(i);
      char before = Character.toLowerCase(s.charAt(i - 1));
      if ((c == '+' || c == '-') && before != 'e' && before != '+' && before != '-') {
        return i;
      }
    }
    return -1;
  }

  private static double number(String s) throws ParseException {
    String text = s.toLowerCase(Locale.ROOT);
    boolean negative = text.startsWith("-");
    if (negative || text.startsWith("+")) {
      text = text.substring(1);
    }
    double value;
    if (text.equals("inf")) {
      value = Double.POSITIVE_INFINITY;
    } else if (text.equals("nan")) {
      value = Double.NaN;
    } else {
      value = finite(text, s);
    }
    return negative ? -value : value;
  }

  private static double finite(String text, String whole) throws ParseException {
    boolean units = !text.isEmpty() && "smhdwy".indexOf(text.charAt(text.length() - 1)) >= 0;
    try {
      return units ? PromDuration.parse(text) / 1000.0 : Double.parseDouble(text.replace("_", ""));
    } catch (IllegalArgumentException e) {
      throw new ParseException("bad number in series values: " + GoQuote.quote(whole));
    }
  }

  private static int repetitions(String digits) throws ParseException {
    int n = digits.length() > 7 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    if (n > MAX_REPETITIONS) {
      throw new ParseException("invalid repetition in series values: " + digits);
    }
    return n;
  }

  private static boolean isDigits(String s) {
    return !s.isEmpty() && s.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
