package io.narthex.web.api.internal;

/**
 * Label names in paths: {@code U__} and then the name with {@code _xx_} for a code point in hex.
 */
final class EscapedNames {

  private static final String PREFIX = "U__";

  /** The longest code point, in hex digits. */
  private static final int LONGEST = 6;

  private EscapedNames() {}

  /** The name that the text stands for; the text itself if it is not escaped, or wrongly. */
  static String unescape(String text) {
    if (!text.startsWith(PREFIX)) {
      return text;
    }
    StringBuilder name = new StringBuilder(text.length());
    int i = PREFIX.length();
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c != '_') {
        name.append(c);
        continue;
      }
      if (i < text.length() && text.charAt(i) == '_') {
        name.append('_');
        i++;
        continue;
      }
      int end = text.indexOf('_', i);
      if (end <= i || end - i > LONGEST) {
        return text;
      }
      int point = 0;
      for (int k = i; k < end; k++) {
        int digit = Character.digit(text.charAt(k), 16);
        if (digit < 0) {
          return text;
        }
        point = point << 4 | digit;
      }
      if (!Character.isValidCodePoint(point)
          || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
        return text;
      }
      name.appendCodePoint(point);
      i = end + 1;
    }
    return name.toString();
  }
}
