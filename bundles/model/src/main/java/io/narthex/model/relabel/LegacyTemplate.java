package io.narthex.model.relabel;

/** A label name in the legacy scheme in which {@code $x} and {@code ${x}} may stand for a part. */
final class LegacyTemplate {

  private LegacyTemplate() {}

  /** {@code (([a-zA-Z_]|\$\{?\w+\}?)+\w*)+}, anchored. */
  static boolean isValid(String s) {
    int i = 0;
    while (i < s.length()) {
      char c = s.charAt(i);
      if (c == '$') {
        i = reference(s, i);
        if (i < 0) {
          return false;
        }
      } else if (isWord(c) && (i > 0 || c < '0' || c > '9')) {
        i++;
      } else {
        return false;
      }
    }
    return i > 0;
  }

  /** The index behind the reference that starts at {@code at}, or -1 if it is none. */
  private static int reference(String s, int at) {
    int i = at + 1;
    if (i < s.length() && s.charAt(i) == '{') {
      i++;
    }
    int from = i;
    while (i < s.length() && isWord(s.charAt(i))) {
      i++;
    }
    if (i == from) {
      return -1;
    }
    return i < s.length() && s.charAt(i) == '}' ? i + 1 : i;
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
