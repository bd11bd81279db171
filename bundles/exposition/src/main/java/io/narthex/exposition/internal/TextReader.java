package io.narthex.exposition.internal;

import io.narthex.api.exposition.ExpositionException;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.MetricType;
import org.jspecify.annotations.Nullable;

/** Reads the Prometheus text format, versions 0.0.4 and 1.0.0. */
final class TextReader extends BodyReader {

  TextReader() {
    super(new TextLexer());
  }

  @Override
  public void reset(byte[] body, int length) {
    // A missing line feed at the end is tolerated: one is always added.
    body[length] = '\n';
    begin(body, length + 1);
  }

  @Override
  public Entry next() throws ExpositionException {
    while (at < end) {
      entryStart = at;
      byte c = b[at];
      if (c == '\n') {
        at++;
        continue;
      }
      Entry entry = onlyLexer ? null : plain(c);
      if (entry == null) {
        entry = byLexer();
      }
      if (entry != null) {
        return entry;
      }
    }
    return Entry.END;
  }

  private @Nullable Entry plain(byte first) throws ExpositionException {
    return Bytes.startsMetricName(first) ? sample() : first == '#' ? plainMetadata() : null;
  }

  private @Nullable Entry sample() throws ExpositionException {
    int p = plainSample();
    if (p < 0) {
      return null;
    }
    hasTimestamp = false;
    if (b[p] == '\n') {
      at = p + 1;
    } else {
      lexer.moveTo(p, Lexer.State.TIMESTAMP);
      lexer.start = seriesTo + 1;
      behindValue();
    }
    return Entry.SERIES;
  }

  private void behindValue() throws ExpositionException {
    hasTimestamp = false;
    Token t = token();
    if (t == Token.TIMESTAMP) {
      timestamp = Numbers.milliseconds(b, lexer.start, lexer.at, entryStart);
      hasTimestamp = true;
      t = token();
      if (t != Token.LINEBREAK) {
        throw error("expected next entry after timestamp", t);
      }
    } else if (t != Token.LINEBREAK) {
      throw error("expected timestamp or new record", t);
    }
    at = lexer.at;
  }

  /** Reads {@code # HELP name text} and {@code # TYPE name type}, null for all other comments. */
  private @Nullable Entry plainMetadata() throws ExpositionException {
    boolean help = Bytes.at(b, at, end, "# HELP ");
    if (!help && !Bytes.at(b, at, end, "# TYPE ")) {
      return null;
    }
    int name = at + 7;
    int to = Bytes.metricNameEnd(b, name);
    if (!Bytes.startsMetricName(b[name]) || b[to] != ' ' || b[to + 1] <= ' ') {
      return null;
    }
    familyFrom = name;
    familyTo = to;
    textFrom = to + 1;
    textTo = Bytes.lineFeed(b, textFrom);
    at = textTo + 1;
    return metadata(help);
  }

  private Entry metadata(boolean help) throws ExpositionException {
    if (help) {
      checkHelp();
      return Entry.HELP;
    }
    if (textIs("counter")) {
      type = MetricType.COUNTER;
    } else if (textIs("gauge")) {
      type = MetricType.GAUGE;
    } else if (textIs("histogram")) {
      type = MetricType.HISTOGRAM;
    } else if (textIs("summary")) {
      type = MetricType.SUMMARY;
    } else if (textIs("untyped")) {
      type = MetricType.UNKNOWN;
    } else {
      throw badType();
    }
    return Entry.TYPE;
  }

  /** Reads the entry at {@link #at} token by token; null for a blank line. */
  private @Nullable Entry byLexer() throws ExpositionException {
    lexer.moveTo(at, Lexer.State.LINE);
    Token t = token();
    switch (t) {
      case EOF -> {
        at = end;
        return Entry.END;
      }
      case LINEBREAK -> {
        at = lexer.at;
        return null;
      }
      case HELP, TYPE -> {
        return metadataByLexer(t);
      }
      case COMMENT -> {
        t = token();
        if (t != Token.LINEBREAK) {
          throw error("linebreak expected after comment", t);
        }
        at = lexer.at;
        return Entry.COMMENT;
      }
      case BRACE_OPEN, METRIC_NAME -> {
        t = series(t);
        if (t != Token.VALUE) {
          throw error("expected value after metric", t);
        }
        numbers.read(b, lexer.start, lexer.at, entryStart);
        value = numbers.value;
        behindValue();
        return Entry.SERIES;
      }
      default -> throw error("expected a valid start token", t);
    }
  }

  private Entry metadataByLexer(Token keyword) throws ExpositionException {
    familyName(keyword);
    Token t = token();
    if (t != Token.TEXT) {
      throw new ExpositionException("expected text in " + keyword.text() + ", got " + t.text());
    }
    textFrom = Math.min(lexer.start + 1, lexer.at);
    textTo = lexer.at;
    Entry entry = metadata(keyword == Token.HELP);
    t = token();
    if (t != Token.LINEBREAK) {
      throw error("linebreak expected after metadata", t);
    }
    at = lexer.at;
    return entry;
  }

  @Override
  Token token() {
    Token t = lexer.next();
    while (t == Token.WHITESPACE) {
      t = lexer.next();
    }
    return t;
  }

  @Override
  boolean commasNeeded() {
    return false;
  }

  @Override
  public String metadataText() {
    return SeriesText.unescaped(b, textFrom, textTo, false);
  }

  @Override
  public long startTimestamp() {
    return 0;
  }

  @Override
  boolean hasExemplar() {
    return false;
  }

  @Override
  public boolean nextExemplar() {
    return false;
  }

  @Override
  public void exemplarLabels(LabelsBuilder into) {
    throw new IllegalStateException("the text format has no exemplars");
  }

  @Override
  public double exemplarValue() {
    return 0;
  }

  @Override
  public boolean exemplarHasTimestamp() {
    return false;
  }

  @Override
  public long exemplarTimestamp() {
    return 0;
  }
}
