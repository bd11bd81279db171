package io.narthex.model;

/** What makes a metric or label name valid, in the legacy and in the UTF-8 scheme. */
public final class LabelNames {

  private LabelNames() {}

  /** Whether a label name may be {@code name} under the scheme. */
  public static boolean isValidLabelName(String name, NameValidation scheme) {
    return switch (scheme) {
      case LEGACY -> isLegacyLabelName(name);
      case UTF8 -> !name.isEmpty() && isUtf8(name);
    };
  }

  /** Whether a metric may be called {@code name} under the scheme. */
  public static boolean isValidMetricName(String name, NameValidation scheme) {
    return switch (scheme) {
      case LEGACY -> isLegacyMetricName(name);
      case UTF8 -> !name.isEmpty() && isUtf8(name);
    };
  }

  /** {@code [a-zA-Z_][a-zA-Z0-9_]*}. */
  public static boolean isLegacyLabelName(String name) {
    return isIdentifier(name, false);
  }

  /** {@code [a-zA-Z_:][a-zA-Z0-9_:]*}. */
  public static boolean isLegacyMetricName(String name) {
    return isIdentifier(name, true);
  }

  private static boolean isIdentifier(String s, boolean colon) {
    if (s.isEmpty()) {
      return false;
    }
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      boolean ok =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || c == '_'
              || (colon && c == ':')
              || (i > 0 && c >= '0' && c <= '9');
      if (!ok) {
        return false;
      }
    }
    return true;
  }

  /** Whether the string can be written as UTF-8, that is, holds no lone surrogate. */
  public static boolean isUtf8(String s) {
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == s.length()
            || !Character.isLowSurrogate(s.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** Whether the bytes are valid UTF-8: no overlong forms, surrogates or values over U+10FFFF. */
  public static boolean isUtf8(byte[] data, int offset, int length) {
    int end = offset + length;
    for (int i = Utf8.asciiEnd(data, offset, end); i < end; ) {
      int n = Utf8.sequence(data, i, end);
      if (n == 0) {
        return false;
      }
      i += n;
    }
    return true;
  }
}
