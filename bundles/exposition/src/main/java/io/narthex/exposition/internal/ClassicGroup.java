package io.narthex.exposition.internal;

import io.narthex.api.exposition.ExpositionException;
import io.narthex.exposition.internal.histogram.ClassicBuckets;
import io.narthex.exposition.internal.histogram.HistogramSlot;
import io.narthex.model.Exemplar;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.histogram.CounterResetHint;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of one classic histogram that follow each other: those of its family whose labels are
 * the same but for {@code le}.
 */
final class ClassicGroup {

  private static final int NONE = 0;
  private static final int BUCKET = 1;
  private static final int SUM = 2;
  private static final int COUNT = 3;

  private final BodyReader reader;
  private final LabelsBuilder exemplarLabels = new LabelsBuilder();
  private final ClassicBuckets buckets = new ClassicBuckets();
  private GroupKey candidate = new GroupKey();

  /** What tells the series of the histogram from all others. */
  GroupKey key = new GroupKey();

  boolean isOpen;

  /** Exemplars of all lines, those without a timestamp left out. */
  final List<Exemplar> exemplars = new ArrayList<>();

  boolean hasTimestamp;
  long timestamp;
  long startTimestamp;

  private String family = "";
  private int firstFrom;
  private int firstTo;

  private int kind;
  private double bound;

  ClassicGroup(BodyReader reader) {
    this.reader = reader;
  }

  /** Whether the sample the reader stands at is of a classic histogram; looks at it closely. */
  boolean isMember() {
    kind = NONE;
    bound = Double.NaN;
    candidate.reset(reader.b, reader.familyFrom, reader.familyTo);
    boolean hasBound = false;
    SeriesText text = reader.text;
    text.reset(reader.b, reader.seriesFrom, reader.seriesTo);
    while (text.next()) {
      if (text.isMetricName()) {
        kind = kind(text.nameFrom, text.nameTo);
      } else if (Bytes.at(reader.b, text.nameFrom, text.nameTo, "le")
          && text.nameTo - text.nameFrom == 2) {
        hasBound = true;
        if (reader.numbers.tryRead(reader.b, text.valueFrom, text.valueTo)) {
          bound = reader.numbers.value;
        }
      } else {
        candidate.label(text.nameFrom, text.nameTo, text.valueFrom, text.valueTo);
      }
    }
    candidate.finish();
    return kind != NONE && (kind != BUCKET || hasBound);
  }

  private int kind(int from, int to) {
    int family = reader.familyTo - reader.familyFrom;
    if (to - from <= family
        || !java.util.Arrays.equals(
            reader.b, from, from + family, reader.b, reader.familyFrom, reader.familyTo)) {
      return NONE;
    }
    int suffix = from + family;
    return switch (to - suffix) {
      case 7 -> Bytes.at(reader.b, suffix, to, "_bucket") ? BUCKET : NONE;
      case 6 -> Bytes.at(reader.b, suffix, to, "_count") ? COUNT : NONE;
      case 4 -> Bytes.at(reader.b, suffix, to, "_sum") ? SUM : NONE;
      default -> NONE;
    };
  }

  /** Whether the member that was looked at belongs to the lines before it. */
  boolean continues() {
    return isOpen && candidate.sameAs(key);
  }

  /** Adds the member that was looked at, as the first one or behind the others. */
  void add() throws ExpositionException {
    if (!isOpen) {
      open();
    }
    switch (kind) {
      case BUCKET -> buckets.bucket(bound, reader.value);
      case SUM -> buckets.sum(reader.value);
      default -> buckets.count(reader.value);
    }
    hasTimestamp = reader.hasTimestamp;
    timestamp = reader.timestamp;
    if (reader.hasExemplar() && reader.exemplarHasTimestamp()) {
      reader.exemplarLabels(exemplarLabels);
      exemplars.add(
          new Exemplar(
              exemplarLabels.build(), reader.exemplarValue(), reader.exemplarTimestamp(), true));
    }
  }

  private void open() {
    isOpen = true;
    GroupKey swap = key;
    key = candidate;
    candidate = swap;
    buckets.clear();
    exemplars.clear();
    family = reader.familyName();
    firstFrom = reader.seriesFrom;
    firstTo = reader.seriesTo;
    startTimestamp = reader.startTimestamp();
  }

  /** Ends the lines and makes the histogram. */
  void close(HistogramSlot slot) {
    isOpen = false;
    buckets.convert(CounterResetHint.UNKNOWN, slot);
  }

  /** Forgets everything. */
  void reset() {
    isOpen = false;
    exemplars.clear();
  }

  void labels(LabelsBuilder into) throws ExpositionException {
    reader.labels(firstFrom, firstTo, into);
    into.remove("le");
    into.set(Labels.NAME, family);
  }
}
