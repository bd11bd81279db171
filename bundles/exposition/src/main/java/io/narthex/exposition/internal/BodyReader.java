package io.narthex.exposition.internal;

import io.narthex.api.exposition.ExpositionException;
import io.narthex.api.exposition.ExpositionReader;
import io.narthex.model.GoFloat;
import io.narthex.model.LabelNames;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.MetricType;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the readers of both text formats share: the entry they stand at, and the lines that nearly
 * all targets send, {@code name{label="value",…} number}, read without a lexer. Everything else
 * goes through the lexer, which alone knows the errors.
 */
abstract class BodyReader implements ExpositionReader {

  private static final int USUAL_STRINGS = 64;

  final Numbers numbers = new Numbers();
  final SeriesText text = new SeriesText();
  final Lexer lexer;

  byte[] b = new byte[1];

  /** The end of the readable bytes; a line feed stands at it or right before it. */
  int end;

  /** The first byte that is not read yet. */
  int at;

  /** The first byte of the entry, for messages. */
  int entryStart;

  int seriesFrom;
  int seriesTo;
  double value;
  boolean hasTimestamp;
  long timestamp;
  MetricType type = MetricType.UNKNOWN;
  int familyFrom;
  int familyTo;
  int textFrom;
  int textTo;

  /** Leaves the quick way out; a test compares both. */
  boolean onlyLexer;

  /** Of the series whose labels are asked for. */
  private String[] pairs = new String[USUAL_STRINGS];

  private byte[] expected = b;
  private int expectedOffset;
  private int expectedLength;
  private boolean asExpected;

  BodyReader(Lexer lexer) {
    this.lexer = lexer;
  }

  /** Begins with readable bytes that are followed by a line feed. */
  void begin(byte[] body, int length) {
    b = body;
    end = length;
    at = 0;
    entryStart = 0;
    type = MetricType.UNKNOWN;
    hasTimestamp = false;
    familyFrom = 0;
    familyTo = 0;
    expectedLength = 0;
    asExpected = false;
    lexer.reset(body, length);
  }

  @Override
  public final void expect(byte[] key, int offset, int length) {
    expected = key;
    expectedOffset = offset;
    expectedLength = length;
  }

  @Override
  public final boolean asExpected() {
    return asExpected;
  }

  // ---- samples

  /**
   * Reads the series and the number of the line at {@link #at}.
   *
   * @return the index behind the number, or -1 if the line is not of the plain form
   */
  final int plainSample() throws ExpositionException {
    int p = at + Math.min(expectedLength, end - at);
    asExpected =
        expectedLength > 0
            && expectedLength < end - at
            && b[p] == ' '
            && Arrays.equals(b, at, p, expected, expectedOffset, expectedOffset + expectedLength);
    expectedLength = 0;
    if (!asExpected) {
      p = plainSeriesEnd(at);
    }
    if (p < 0 || b[p] != ' ') {
      asExpected = false;
      return -1;
    }
    seriesFrom = at;
    seriesTo = p;
    int from = p + 1;
    int to = numbers.shortDecimal(b, from);
    if (to < 0 || (b[to] != '\n' && b[to] != ' ')) {
      to = from;
      while (b[to] > ' ' && b[to] != '{') {
        to++;
      }
      if (to == from || (b[to] != '\n' && b[to] != ' ')) {
        asExpected = false;
        return -1;
      }
      numbers.read(b, from, to, entryStart);
    }
    value = numbers.value;
    lexer.start = from;
    return to;
  }

  /** The index behind {@code name} or <code>name{label="value",…}</code>, or -1. */
  private int plainSeriesEnd(int from) {
    int p = Bytes.metricNameEnd(b, from);
    if (b[p] != '{') {
      return p;
    }
    p++;
    while (b[p] != '}') {
      if (!Bytes.startsLabelName(b[p])) {
        return -1;
      }
      p = Bytes.labelNameEnd(b, p);
      if (b[p] != '=' || b[p + 1] != '"') {
        return -1;
      }
      p = plainValueEnd(p + 2);
      if (p < 0) {
        return -1;
      }
      p++;
      if (b[p] == ',') {
        p++;
      } else if (b[p] != '}') {
        return -1;
      }
    }
    return p + 1;
  }

  /** The index of the closing quote of a value without line feeds, or -1. */
  private int plainValueEnd(int from) {
    boolean ascii = true;
    int p = Bytes.valueStop(b, from);
    while (b[p] != '"') {
      if (b[p] == '\n') {
        return -1;
      }
      if (b[p] == '\\') {
        p++;
        if (b[p] == '\n' || b[p] == 0) {
          return -1;
        }
      }
      ascii &= b[p] >= 0;
      p = Bytes.valueStop(b, p + 1);
    }
    return ascii || LabelNames.isUtf8(b, from, p - from) ? p : -1;
  }

  // ---- by lexer

  abstract Token token();

  /** Whether pairs must be separated by commas. */
  abstract boolean commasNeeded();

  /**
   * Reads label pairs up to the closing brace.
   *
   * @param named whether the metric's name has been read, or none may come
   * @return whether it has been read now
   */
  final boolean labelPairs(boolean named, boolean exemplar) throws ExpositionException {
    boolean haveName = named;
    Token t = token();
    while (t != Token.BRACE_CLOSE) {
      boolean quoted = t == Token.QUOTED;
      if (t != Token.LABEL_NAME && !quoted) {
        throw error("expected label name", t);
      }
      t = token();
      if (quoted && (t == Token.COMMA || t == Token.BRACE_CLOSE)) {
        if (exemplar) {
          throw error("expected label name", t);
        }
        if (haveName) {
          throw whileParsing("metric name already set");
        }
        haveName = true;
        t = t == Token.COMMA ? token() : t;
        continue;
      }
      labelValue(t);
      t = token();
      if (t == Token.COMMA) {
        t = token();
      } else if (t != Token.BRACE_CLOSE && commasNeeded()) {
        throw error("expected comma or brace close", t);
      }
    }
    return haveName;
  }

  private void labelValue(Token afterName) throws ExpositionException {
    if (afterName != Token.EQUAL) {
      throw error("expected equal", afterName);
    }
    Token t = token();
    if (t != Token.LABEL_VALUE) {
      throw error("expected label value", t);
    }
    if (!LabelNames.isUtf8(b, lexer.start, lexer.at - lexer.start)) {
      throw new ExpositionException(
          "invalid UTF-8 label value: " + Excerpt.quote(b, lexer.start, lexer.at));
    }
  }

  /** Reads the series whose first token, a name or a brace, has been read; gives what follows. */
  final Token series(Token first) throws ExpositionException {
    asExpected = false;
    expectedLength = 0;
    seriesFrom = entryStart;
    seriesTo = lexer.at;
    boolean named = first == Token.METRIC_NAME;
    Token t = named ? token() : first;
    if (t == Token.BRACE_OPEN) {
      named = labelPairs(named, false);
      seriesTo = lexer.at;
      t = token();
    }
    if (!named) {
      throw whileParsing("metric name not set");
    }
    return t;
  }

  final void familyName(Token keyword) throws ExpositionException {
    Token t = token();
    if (t != Token.METRIC_NAME) {
      throw error("expected metric name after " + keyword.text(), t);
    }
    boolean quoted = b[lexer.start] == '"';
    familyFrom = quoted ? lexer.start + 1 : lexer.start;
    familyTo = quoted ? lexer.at - 1 : lexer.at;
  }

  final void checkHelp() throws ExpositionException {
    if (!LabelNames.isUtf8(b, textFrom, textTo - textFrom)) {
      throw new ExpositionException(
          "help text " + Excerpt.quote(b, textFrom, textTo) + " is not a valid utf8 string");
    }
  }

  final ExpositionException badType() {
    return new ExpositionException("invalid metric type " + Excerpt.quote(b, textFrom, textTo));
  }

  final boolean textIs(String word) {
    return textTo - textFrom == word.length() && Bytes.at(b, textFrom, textTo, word);
  }

  final ExpositionException error(String expectation, Token got) {
    int to = Math.min(end, lexer.at + 1);
    return new ExpositionException(
        expectation
            + ", got "
            + Excerpt.quote(b, lexer.start, to)
            + " (\""
            + got.text()
            + "\") while parsing: "
            + Excerpt.quote(b, entryStart, to));
  }

  final ExpositionException whileParsing(String problem) {
    return new ExpositionException(
        problem + " while parsing: " + Excerpt.quote(b, entryStart, lexer.at));
  }

  // ---- the entry

  @Override
  public final byte[] seriesBytes() {
    return b;
  }

  @Override
  public final int seriesOffset() {
    return seriesFrom;
  }

  @Override
  public final int seriesLength() {
    return seriesTo - seriesFrom;
  }

  @Override
  public final double value() {
    return value;
  }

  @Override
  public final boolean hasTimestamp() {
    return hasTimestamp;
  }

  @Override
  public final long timestamp() {
    return timestamp;
  }

  /** Whether the sample has an exemplar; does not take it. */
  abstract boolean hasExemplar();

  @Override
  public final void labels(LabelsBuilder into) throws ExpositionException {
    labels(seriesFrom, seriesTo, into);
  }

  /** Puts the labels of a series that has been read before into an emptied builder. */
  final void labels(int from, int to, LabelsBuilder into) throws ExpositionException {
    int n = 0;
    text.reset(b, from, to);
    while (text.next()) {
      boolean metric = text.isMetricName();
      if (!LabelNames.isUtf8(b, text.nameFrom, text.nameTo - text.nameFrom)) {
        throw new ExpositionException(
            "invalid metric name or label names: " + Excerpt.quote(b, from, to));
      }
      if (n == pairs.length) {
        pairs = Arrays.copyOf(pairs, n * 2);
      }
      String name = SeriesText.unescaped(b, text.nameFrom, text.nameTo, true);
      pairs[n++] = metric ? Labels.NAME : name;
      pairs[n++] = metric ? name : labelText(name);
    }
    String twice = into.resetTo(pairs, n);
    if (n > USUAL_STRINGS) {
      pairs = new String[USUAL_STRINGS];
    }
    if (twice != null) {
      throw new ExpositionException("label name \"" + twice + "\" is not unique: invalid sample");
    }
  }

  private String labelText(String name) {
    boolean bound =
        (type == MetricType.HISTOGRAM && name.equals("le"))
            || (type == MetricType.SUMMARY && name.equals("quantile"));
    return bound && numbers.tryRead(b, text.valueFrom, text.valueTo)
        ? GoFloat.openMetrics(numbers.value)
        : SeriesText.unescaped(b, text.valueFrom, text.valueTo, true);
  }

  @Override
  public final @Nullable Histogram histogram() {
    return null;
  }

  @Override
  public final @Nullable FloatHistogram floatHistogram() {
    return null;
  }

  @Override
  public final int familyOffset() {
    return familyFrom;
  }

  @Override
  public final int familyLength() {
    return familyTo - familyFrom;
  }

  @Override
  public final String familyName() {
    return SeriesText.raw(b, familyFrom, familyTo);
  }

  @Override
  public final MetricType type() {
    return type;
  }

  @Override
  public final int metadataOffset() {
    return textFrom;
  }

  @Override
  public final int metadataLength() {
    return textTo - textFrom;
  }
}
