package io.narthex.model;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/** The expansion of {@code $1}-like references in a replacement text. */
final class RegexTemplate {

  private RegexTemplate() {}

  static String expand(String template, Pattern pattern, Matcher m) {
    if (template.indexOf('$') < 0) {
      return template;
    }
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < template.length()) {
      char c = template.charAt(i);
      if (c != '$' || i + 1 == template.length()) {
        out.append(c);
        i++;
      } else if (template.charAt(i + 1) == '$') {
        out.append('$');
        i += 2;
      } else {
        i = reference(template, i, pattern, m, out);
      }
    }
    return out.toString();
  }

  /** Expands the reference whose dollar sign is at {@code at}; gives the index behind it. */
  private static int reference(
      String template, int at, Pattern pattern, Matcher m, StringBuilder out) {
    boolean braces = template.charAt(at + 1) == '{';
    int from = at + (braces ? 2 : 1);
    int to = from;
    while (to < template.length() && isWord(template.codePointAt(to))) {
      to += Character.charCount(template.codePointAt(to));
    }
    boolean closed = !braces || (to < template.length() && template.charAt(to) == '}');
    if (to == from || !closed) {
      out.append('$');
      return at + 1;
    }
    String group = group(template.substring(from, to), pattern, m);
    if (group != null) {
      out.append(group);
    }
    return braces ? to + 1 : to;
  }

  private static boolean isWord(int c) {
    return c == '_' || Character.isLetter(c) || Character.isDigit(c);
  }

  private static @Nullable String group(String name, Pattern pattern, Matcher m) {
    if (isNumber(name)) {
      int n = name.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(name);
      return n <= m.groupCount() ? m.group(n) : null;
    }
    Integer n = pattern.namedGroups().get(name);
    return n == null ? null : m.group(n);
  }

  /** Leading zeros make a name of it, which no group can have. */
  private static boolean isNumber(String s) {
    if (s.length() > 1 && s.charAt(0) == '0') {
      return false;
    }
    for (int i = 0; i < s.length(); i++) {
      if (s.charAt(i) < '0' || s.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
