package io.narthex.config.internal.write;

/** Numbers to the base 60 as old YAML knows them, {@code 1:30:00}; the reference quotes them. */
final class Sexagesimal {

  private Sexagesimal() {}

  /** {@code [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?}. */
  static boolean matches(String s) {
    int i = s.startsWith("-") || s.startsWith("+") ? 1 : 0;
    if (i == s.length() || !isDigit(s.charAt(i))) {
      return false;
    }
    while (i < s.length() && (isDigit(s.charAt(i)) || s.charAt(i) == '_')) {
      i++;
    }
    int groups = 0;
    while (i < s.length() && s.charAt(i) == ':') {
      int from = ++i;
      while (i < s.length() && isDigit(s.charAt(i)) && i - from < 2) {
        i++;
      }
      if (i == from || (i - from == 2 && s.charAt(from) > '5')) {
        return false;
      }
      groups++;
    }
    if (i < s.length() && s.charAt(i) == '.') {
      i++;
      while (i < s.length() && (isDigit(s.charAt(i)) || s.charAt(i) == '_')) {
        i++;
      }
    }
    return groups > 0 && i == s.length();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
