package io.narthex.promql.internal.parse;

/** Positions in a query's text as people are shown them: in bytes of its UTF-8 form. */
public final class QueryText {

  private QueryText() {}

  /** {@code line:column}, both from 1, of the character at an index. */
  public static String lineAndColumn(String text, int index) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < index && i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line++;
        column = 1;
      } else {
        column += utf8Length(c);
      }
    }
    return line + ":" + column;
  }

  /** The byte offset of the character at an index. */
  public static int byteOffset(String text, int index) {
    int bytes = 0;
    for (int i = 0; i < index && i < text.length(); i++) {
      bytes += utf8Length(text.charAt(i));
    }
    return bytes;
  }

  /** Each half of a surrogate pair counts as two of its four bytes. */
  private static int utf8Length(char c) {
    if (c < 0x80) {
      return 1;
    }
    return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }
}
