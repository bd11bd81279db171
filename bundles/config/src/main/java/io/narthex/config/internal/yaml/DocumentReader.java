package io.narthex.config.internal.yaml;

import java.io.Reader;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The characters of a document that is in memory.
 *
 * <p>The library's own reader copies its window each time it is asked to look further ahead, which
 * takes time with the square of a token's length, and its marks keep those windows.
 */
final class DocumentReader extends StreamReader {

  private static final int[] NO_SNIPPET = {};

  private final int[] points;
  private int at;
  private int line;
  private int column;
  private int documentIndex;

  DocumentReader(String text) {
    super(Reader.nullReader());
    points = text.codePoints().toArray();
  }

  /** The place of the first character that YAML does not allow, or -1. */
  int firstForbidden() {
    for (int i = 0; i < points.length; i++) {
      if (!isPrintable(points[i])) {
        return i;
      }
    }
    return -1;
  }

  /** The line of a place, counted from 1. */
  int lineOf(int place) {
    int n = 1;
    for (int i = 0; i < place; i++) {
      n += points[i] == '\n' ? 1 : 0;
    }
    return n;
  }

  @Override
  public Mark getMark() {
    return new Mark("document", at, line, column, NO_SNIPPET, 0);
  }

  @Override
  public void forward() {
    forward(1);
  }

  @Override
  public void forward(int length) {
    for (int i = 0; i < length && at < points.length; i++) {
      int c = points[at++];
      documentIndex++;
      if (isBreak(c)) {
        line++;
        column = 0;
      } else if (c != 0xfeff) {
        column++;
      }
    }
  }

  /** Whether the character before the current place ends a line. */
  private boolean isBreak(int c) {
    return c == '\n'
        || c == 0x85
        || c == 0x2028
        || c == 0x2029
        || (c == '\r' && (at == points.length || points[at] != '\n'));
  }

  @Override
  public int peek() {
    return peek(0);
  }

  @Override
  public int peek(int index) {
    return at + index < points.length ? points[at + index] : '\0';
  }

  @Override
  public String prefix(int length) {
    return new String(points, at, Math.min(length, points.length - at));
  }

  @Override
  public String prefixForward(int length) {
    String prefix = prefix(length);
    at = Math.min(at + length, points.length);
    documentIndex += length;
    // It is never called across a line's end.
    column += length;
    return prefix;
  }

  @Override
  public int getColumn() {
    return column;
  }

  @Override
  public int getDocumentIndex() {
    return documentIndex;
  }

  @Override
  public void resetDocumentIndex() {
    documentIndex = 0;
  }

  @Override
  public int getIndex() {
    return at;
  }

  @Override
  public int getLine() {
    return line;
  }
}
