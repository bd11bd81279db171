package io.narthex.model;

/**
 * Quoted strings as the reference prints them: double quotes, escapes for what is not printable.
 */
public final class GoQuote {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private GoQuote() {}

  public static String quote(String s) {
    StringBuilder out = new StringBuilder(s.length() + 2);
    append(out, s);
    return out.toString();
  }

  public static void append(StringBuilder out, String s) {
    out.append('"');
    for (int i = 0; i < s.length(); ) {
      int c = s.codePointAt(i);
      i += Character.charCount(c);
      appendRune(out, c);
    }
    out.append('"');
  }

  /** The bytes as a quoted string; those that are no UTF-8 are shown as {@code \\xff}. */
  public static String quote(byte[] utf8, int offset, int length) {
    StringBuilder out = new StringBuilder(length + 2);
    out.append('"');
    int end = offset + length;
    for (int i = offset; i < end; ) {
      int n = Utf8.sequence(utf8, i, end);
      if (n == 0) {
        out.append("\\x").append(HEX[(utf8[i] >> 4) & 15]).append(HEX[utf8[i] & 15]);
        i++;
      } else {
        appendRune(out, Utf8.rune(utf8, i, n));
        i += n;
      }
    }
    return out.append('"').toString();
  }

  private static void appendRune(StringBuilder out, int c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case 0x07 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0x0b -> out.append("\\v");
      default -> appendOther(out, c);
    }
  }

  private static void appendOther(StringBuilder out, int c) {
    if (c >= 0xDC80 && c <= 0xDCFF) {
      int octet = c - 0xDC00;
      out.append("\\x").append(HEX[octet >> 4]).append(HEX[octet & 15]);
    } else if (c >= 0xdc80 && c <= 0xdcff) {
      // An octet that is not UTF-8, as binary configuration values keep it.
      out.append("\\x").append(HEX[(c >> 4) & 15]).append(HEX[c & 15]);
    } else if (c < 0x20 || c == 0x7f) {
      out.append("\\x").append(HEX[c >> 4]).append(HEX[c & 15]);
    } else if (c < 0x7f || isPrintable(c)) {
      out.appendCodePoint(c);
    } else if (c < 0x10000) {
      out.append("\\u");
      for (int shift = 12; shift >= 0; shift -= 4) {
        out.append(HEX[(c >> shift) & 15]);
      }
    } else {
      out.append("\\U");
      for (int shift = 28; shift >= 0; shift -= 4) {
        out.append(HEX[(c >> shift) & 15]);
      }
    }
  }

  /** Letters, marks, numbers, punctuation and symbols; the only printable space is U+0020. */
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
