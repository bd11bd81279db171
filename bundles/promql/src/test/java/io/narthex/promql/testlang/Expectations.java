package io.narthex.promql.testlang;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a test expects of a query beside its samples. */
final class Expectations {

  /** A text, or a part of one, that must occur. */
  record Text(boolean regex, String text) {
    boolean matches(String actual) {
      return text.isEmpty()
          || (regex ? Pattern.compile(text).matcher(actual).find() : text.equals(actual));
    }
  }

  boolean ordered;
  boolean fail;
  boolean noWarn;
  boolean noInfo;
  final List<Text> failTexts = new ArrayList<>();
  final List<Text> warnings = new ArrayList<>();
  final List<Text> infos = new ArrayList<>();

  /** Null unless a string is expected. */
  String string;

  /** Null unless raw samples are expected: from, to and step. */
  long[] range;

  /** Takes the old form: {@code eval_fail}. */
  void legacy(String suffix) {
    switch (suffix) {
      case "" -> {}
      case "fail" -> fail = true;
      case "ordered" -> ordered = true;
      case "warn" -> warnings.add(new Text(false, ""));
      case "info" -> infos.add(new Text(false, ""));
      default -> throw new IllegalArgumentException("eval_" + suffix);
    }
  }

  /** Takes the rest of a line that begins with {@code expect}. */
  void add(String rest) {
    String kind = rest.split("\\s+", 2)[0];
    String more = rest.substring(kind.length()).trim();
    switch (kind) {
      case "ordered" -> ordered = true;
      case "no_warn" -> noWarn = true;
      case "no_info" -> noInfo = true;
      case "fail" -> {
        fail = true;
        failTexts.add(text(more));
      }
      case "warn" -> warnings.add(text(more));
      case "info" -> infos.add(text(more));
      case "string" -> string = unquote(more);
      case "range" -> {
        String[] words = more.split("\\s+");
        range =
            new long[] {
              PromqlScript.duration(words[2]),
              PromqlScript.duration(words[4]),
              PromqlScript.duration(words[6])
            };
      }
      default -> throw new IllegalArgumentException("expect " + rest);
    }
  }

  private static String unquote(String s) {
    String inner = s.substring(1, s.length() - 1);
    return s.charAt(0) == '`' ? inner : inner.replace("\\\"", "\"").replace("\\\\", "\\");
  }

  static Text text(String s) {
    if (s.startsWith("msg:")) {
      return new Text(false, s.substring(4).trim());
    }
    return s.startsWith("regex:") ? new Text(true, s.substring(6).trim()) : new Text(false, s);
  }
}
