package io.narthex.exposition.internal;

import io.narthex.api.exposition.ExpositionException;
import io.narthex.api.exposition.ExpositionReader.Entry;
import io.narthex.model.MetricType;
import io.narthex.model.XxHash64;
import org.jspecify.annotations.Nullable;

/**
 * Finds since when a counter, summary or histogram has counted: in the first {@code _created} line
 * ahead within its family, if that has the same labels but for {@code le} and {@code quantile}.
 * Remembers where that line stands, so that every line is looked at twice at most.
 */
final class CreatedLines {

  private static final String SUFFIX = "_created";

  private final SeriesText text = new SeriesText();

  private @Nullable OpenMetricsReader ahead;

  /** Up to here it is known what the first line ahead is. */
  private int known;

  /** What the last line that was found belongs to, 0 for nothing. */
  private long hash;

  private long millis;

  void reset() {
    known = 0;
    hash = 0;
    millis = 0;
  }

  private static boolean counts(MetricType type) {
    return type == MetricType.COUNTER || type == MetricType.SUMMARY || type == MetricType.HISTOGRAM;
  }

  /** Whether the reader stands at a line that only says since when another series counts. */
  static boolean isCreated(OpenMetricsReader reader) {
    return counts(reader.type) && nameEndsWithCreated(reader);
  }

  private static boolean nameEndsWithCreated(OpenMetricsReader reader) {
    SeriesText t = reader.text;
    t.reset(reader.b, reader.seriesFrom, reader.seriesTo);
    while (t.next()) {
      if (t.isMetricName()) {
        return t.nameTo - t.nameFrom >= SUFFIX.length()
            && Bytes.at(t.b, t.nameTo - SUFFIX.length(), t.nameTo, SUFFIX);
      }
    }
    return false;
  }

  /** Milliseconds for the series the reader stands at, 0 if nothing is known. */
  long of(OpenMetricsReader reader) {
    if (!counts(reader.type)) {
      hash = 0;
      return 0;
    }
    long wanted = hash(reader, reader.familyTo - reader.familyFrom);
    if (wanted == hash && millis > 0) {
      return millis;
    }
    if (reader.at > known) {
      search(reader);
    }
    return wanted == hash ? millis : 0;
  }

  private void search(OpenMetricsReader reader) {
    OpenMetricsReader r = ahead;
    if (r == null) {
      r = new OpenMetricsReader(false);
      ahead = r;
    }
    r.follow(reader);
    hash = 0;
    millis = 0;
    try {
      while (r.next() == Entry.SERIES) {
        known = r.at;
        if (nameEndsWithCreated(r)) {
          hash = hash(r, -1);
          millis = Numbers.millis(r.value);
          return;
        }
      }
    } catch (ExpositionException e) {
      // The reader itself will come to this line and throw.
      hash = 0;
    }
    known = Math.max(known, r.at);
  }

  /**
   * A hash of name and labels.
   *
   * @param nameLength how much of the name counts; -1 for all but the suffix
   */
  private long hash(OpenMetricsReader r, int nameLength) {
    long h = 1;
    text.reset(r.b, r.seriesFrom, r.seriesTo);
    while (text.next()) {
      int length = text.nameTo - text.nameFrom;
      if (text.isMetricName()) {
        int counted = nameLength < 0 ? length - SUFFIX.length() : Math.min(nameLength, length);
        h += XxHash64.hash(r.b, text.nameFrom, counted, 1);
      } else if (!isBound(r, length)) {
        h = XxHash64.hash(r.b, text.nameFrom, length, h);
        h = XxHash64.hash(r.b, text.valueFrom, text.valueTo - text.valueFrom, h);
      }
    }
    return h == 0 ? 1 : h;
  }

  private boolean isBound(OpenMetricsReader r, int length) {
    return (r.type == MetricType.SUMMARY && length == 8 && at(r, "quantile"))
        || (r.type == MetricType.HISTOGRAM && length == 2 && at(r, "le"));
  }

  private boolean at(OpenMetricsReader r, String word) {
    return Bytes.at(r.b, text.nameFrom, text.nameTo, word);
  }
}
