package io.narthex.exposition.internal;

import io.narthex.api.exposition.ExpositionException;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.MetricType;
import org.jspecify.annotations.Nullable;

/** Reads OpenMetrics text, versions 1.0.0 and 0.0.1. */
final class OpenMetricsReader extends BodyReader {

  private static final String NO_END = "data does not end with # EOF";

  /** Finds start timestamps; null where {@code _created} lines are ordinary samples. */
  private final @Nullable CreatedLines created;

  private boolean hasExemplar;
  private boolean exemplarTaken;
  private int exemplarFrom;
  private int exemplarTo;
  private double exemplarValue;
  private boolean exemplarHasTimestamp;
  private long exemplarTimestamp;

  OpenMetricsReader(boolean startTimestamps) {
    super(new OpenMetricsLexer());
    created = startTimestamps ? new CreatedLines() : null;
  }

  @Override
  public void reset(byte[] body, int length) {
    body[length] = '\n';
    begin(body, length);
    hasExemplar = false;
    if (created != null) {
      created.reset();
    }
  }

  /** Continues to read another reader's body where that one stands. */
  void follow(OpenMetricsReader other) {
    begin(other.b, other.end);
    at = other.at;
    type = other.type;
  }

  @Override
  public Entry next() throws ExpositionException {
    Entry entry = read();
    while (created != null && entry == Entry.SERIES && CreatedLines.isCreated(this)) {
      entry = read();
    }
    return entry;
  }

  private Entry read() throws ExpositionException {
    entryStart = at;
    hasExemplar = false;
    if (at < end && !onlyLexer) {
      byte c = b[at];
      Entry entry = Bytes.startsMetricName(c) ? sample() : c == '#' ? plainMetadata() : null;
      if (entry != null) {
        return entry;
      }
    }
    return byLexer();
  }

  private @Nullable Entry sample() throws ExpositionException {
    int p = plainSample();
    if (p < 0 || p >= end) {
      return null;
    }
    hasTimestamp = false;
    if (b[p] == '\n') {
      at = p + 1;
    } else {
      lexer.moveTo(p, Lexer.State.TIMESTAMP);
      lexer.start = seriesTo;
      behindValue();
    }
    return Entry.SERIES;
  }

  private void behindValue() throws ExpositionException {
    hasTimestamp = false;
    Token t = lexer.next();
    switch (t) {
      case EOF -> throw new ExpositionException(NO_END);
      case LINEBREAK -> {}
      case COMMENT -> exemplar();
      case TIMESTAMP -> {
        timestamp = timestamp("invalid timestamp ");
        hasTimestamp = true;
        t = lexer.next();
        if (t == Token.COMMENT) {
          exemplar();
        } else if (t != Token.LINEBREAK) {
          throw error("expected next entry after timestamp", t);
        }
      }
      default -> {
        // What follows is read as the beginning of an entry, which it can't be.
        entryStart = lexer.at;
        throw badStart(lexer.next());
      }
    }
    at = lexer.at;
  }

  private long timestamp(String problem) throws ExpositionException {
    numbers.read(b, lexer.start + 1, lexer.at, entryStart);
    double seconds = numbers.value;
    if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
      throw new ExpositionException(problem + Numbers.show(seconds));
    }
    return Numbers.millis(seconds);
  }

  private void exemplar() throws ExpositionException {
    exemplarFrom = lexer.at;
    labelPairs(true, true);
    exemplarTo = lexer.at;
    exemplarValue = number(lexer.next(), "exemplar labels");
    exemplarHasTimestamp = false;
    Token t = lexer.next();
    switch (t) {
      case EOF -> throw new ExpositionException(NO_END);
      case LINEBREAK -> {}
      case TIMESTAMP -> {
        exemplarTimestamp = timestamp("invalid exemplar timestamp ");
        exemplarHasTimestamp = true;
        t = lexer.next();
        if (t != Token.LINEBREAK) {
          throw error("expected next entry after exemplar timestamp", t);
        }
      }
      default -> throw error("expected timestamp or comment", t);
    }
    hasExemplar = true;
    exemplarTaken = false;
  }

  private double number(Token t, String after) throws ExpositionException {
    if (t != Token.VALUE) {
      throw error("expected value after " + after, t);
    }
    numbers.read(b, lexer.start + 1, lexer.at, entryStart);
    return numbers.value;
  }

  private ExpositionException badStart(Token t) {
    return t == Token.EOF
        ? new ExpositionException(NO_END)
        : error("expected a valid start token", t);
  }

  /** Reads {@code # HELP name text} and its like, null for everything else. */
  private @Nullable Entry plainMetadata() throws ExpositionException {
    Token keyword =
        Bytes.at(b, at, end, "# HELP ")
            ? Token.HELP
            : Bytes.at(b, at, end, "# TYPE ")
                ? Token.TYPE
                : Bytes.at(b, at, end, "# UNIT ") ? Token.UNIT : Token.INVALID;
    if (keyword == Token.INVALID) {
      return null;
    }
    int name = at + 7;
    int to = Bytes.metricNameEnd(b, name);
    if (!Bytes.startsMetricName(b[name]) || b[to] != ' ' || b[to + 1] == 0) {
      return null;
    }
    int lineFeed = Bytes.lineFeed(b, to + 1);
    if (lineFeed >= end) {
      return null;
    }
    familyFrom = name;
    familyTo = to;
    textFrom = to + 1;
    textTo = lineFeed;
    at = lineFeed + 1;
    return metadata(keyword);
  }

  private Entry metadata(Token keyword) throws ExpositionException {
    if (keyword == Token.HELP) {
      checkHelp();
      return Entry.HELP;
    }
    if (keyword == Token.TYPE) {
      type = namedType();
      return Entry.TYPE;
    }
    int unit = textTo - textFrom;
    boolean suffix =
        familyTo - familyFrom > unit
            && b[familyTo - unit - 1] == '_'
            && java.util.Arrays.equals(b, familyTo - unit, familyTo, b, textFrom, textTo);
    if (unit > 0 && !suffix) {
      throw new ExpositionException(
          "unit "
              + Excerpt.quote(b, textFrom, textTo)
              + " not a suffix of metric "
              + Excerpt.quote(b, familyFrom, familyTo));
    }
    return Entry.UNIT;
  }

  private static final MetricType[] TYPES = MetricType.values();

  private MetricType namedType() throws ExpositionException {
    for (MetricType t : TYPES) {
      if (textIs(t.text())) {
        return t;
      }
    }
    throw badType();
  }

  private Entry byLexer() throws ExpositionException {
    lexer.moveTo(at, Lexer.State.LINE);
    Token t = lexer.next();
    switch (t) {
      case EOF_WORD -> {
        if (lexer.next() != Token.EOF) {
          throw new ExpositionException("unexpected data after # EOF");
        }
        // Stays in front of the word, so that a further call gives the end again.
        return Entry.END;
      }
      case HELP, TYPE, UNIT -> {
        familyName(t);
        if (lexer.next() != Token.TEXT) {
          throw new ExpositionException("expected text in " + t.text());
        }
        textFrom = lexer.start + 1;
        textTo = lexer.at - 1;
        at = lexer.at;
        return metadata(t);
      }
      case BRACE_OPEN, METRIC_NAME -> {
        t = series(t);
        value = number(t, "metric");
        behindValue();
        return Entry.SERIES;
      }
      default -> throw badStart(t);
    }
  }

  @Override
  Token token() {
    return lexer.next();
  }

  @Override
  boolean commasNeeded() {
    return true;
  }

  @Override
  public String metadataText() {
    return SeriesText.unescaped(b, textFrom, textTo, true);
  }

  @Override
  public long startTimestamp() {
    return created == null ? 0 : created.of(this);
  }

  @Override
  boolean hasExemplar() {
    return hasExemplar;
  }

  @Override
  public boolean nextExemplar() {
    boolean first = hasExemplar && !exemplarTaken;
    exemplarTaken = true;
    return first;
  }

  @Override
  public void exemplarLabels(LabelsBuilder into) throws ExpositionException {
    into.reset(Labels.EMPTY);
    text.reset(b, exemplarFrom, exemplarTo);
    while (text.next()) {
      // Not unescaped: the reference stores them as they were sent.
      into.set(
          SeriesText.raw(b, text.nameFrom, text.nameTo),
          SeriesText.raw(b, text.valueFrom, text.valueTo));
    }
  }

  @Override
  public double exemplarValue() {
    return exemplarValue;
  }

  @Override
  public boolean exemplarHasTimestamp() {
    return exemplarHasTimestamp;
  }

  @Override
  public long exemplarTimestamp() {
    return exemplarTimestamp;
  }
}
