package io.narthex.storage.tsdb.internal.head;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.StorageException;
import io.narthex.model.Exemplar;
import io.narthex.model.GoFloat;
import io.narthex.model.GoQuote;
import io.narthex.model.Labels;
import io.narthex.model.MetricMetadata;
import io.narthex.model.StaleMarker;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.Resolution;
import io.narthex.storage.tsdb.internal.chunk.HistogramCheck;
import io.narthex.storage.tsdb.internal.chunk.HistogramMerge;
import io.narthex.storage.tsdb.internal.record.ExemplarRecords;
import io.narthex.storage.tsdb.internal.record.MetadataRecords;
import io.narthex.storage.tsdb.internal.record.SampleRecords;
import io.narthex.storage.tsdb.internal.record.WriteBuffer;
import io.narthex.storage.tsdb.internal.wal.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch of samples for the head. A sample is checked against its series when it is appended, and
 * once more when it is applied, because others may have appended to the series meanwhile; what is
 * refused then is only counted. The log's record grows with each sample.
 */
final class HeadAppender extends PendingCommit implements Appender {

  /** Bytes of samples in one record of the log. */
  private static final int MAX_RECORD = 1 << 22;

  private static final int MAX_EXEMPLAR_LABELS = 128;
  private static final Ingestion.Refusal[] REFUSALS = Ingestion.Refusal.values();

  private final Head head;
  private final HeadAccess access;

  /** When it began, for {@link Head#appenders}. */
  private final long epoch;

  private @Nullable AppendBuffers buffers;
  private int count;
  private long firstRef;
  private long firstTime;

  /** Oldest valid time, once {@link #bounded}. */
  private long oldest;

  /** The head's newest time, once {@link #bounded}. */
  private long newest;

  /** How much older than that a sample may be out of order; 0 if none may. */
  private long window;

  private boolean bounded;
  private @Nullable OutOfOrderBatch outOfOrder;
  private @Nullable List<PendingExemplar> exemplars;
  private @Nullable List<PendingMetadata> metadata;

  /** Whether a series that had no histogram as its newest sample got one, or the other way. */
  private boolean mixed;

  private final HistogramLog histogramLog = new HistogramLog();
  private String explanation = "";

  /** Why the last series was refused, if it was. */
  private Outcome refusal = Outcome.INVALID;

  /** Whether samples that are not in order are refused, whatever the head takes. */
  private boolean inOrderOnly;

  /** Set instead of {@link #explanation} for a duplicate; what there is and what was to be. */
  private boolean duplicate;

  private long duplicateTime;
  private double duplicateExisting;
  private double duplicateNew;

  private record PendingExemplar(int row, Exemplar exemplar) {}

  private record PendingMetadata(int row, MetricMetadata metadata) {}

  HeadAppender(Head head, HeadAccess access, AppendBuffers buffers, long epoch) {
    this.head = head;
    this.access = access;
    this.epoch = epoch;
    this.buffers = buffers;
  }

  private AppendBuffers buffers() {
    AppendBuffers b = buffers;
    if (b == null) {
      throw new IllegalStateException("appender closed");
    }
    return b;
  }

  @Override
  public long series(Labels labels) {
    AppendBuffers b = buffers();
    duplicate = false;
    refusal = Outcome.INVALID;
    b.labels.set(labels);
    if (b.labels.size == 0) {
      explanation = "empty labelset: invalid sample";
      return 0;
    }
    for (int i = 1; i < labels.size(); i++) {
      if (labels.name(i).equals(labels.name(i - 1))) {
        explanation =
            "label name " + GoQuote.quote(labels.name(i)) + " is not unique: invalid sample";
        return 0;
      }
    }
    int row = head.seriesRow(b.labels);
    refusal = row < 0 ? Outcome.LIMIT : Outcome.INVALID;
    if (row < 0) {
      explanation = head.ingestion.explain(REFUSALS[~row], b.labels);
      return 0;
    }
    explanation = "";
    return head.rows.handle(row);
  }

  @Override
  public Outcome append(long series, long timestamp, double value) {
    AppendBuffers b = buffers();
    int row = head.row(series);
    if (row < 0) {
      return unknown();
    }
    long bits = Double.doubleToRawLongBits(value);
    long last = head.rows.lastTime(row);
    if (!bounded && !bound(timestamp)) {
      return full();
    }
    byte kind = head.rows.kind(row);
    if (bits == StaleMarker.BITS && kind >= SeriesRows.HISTOGRAM) {
      return appendHistogram(series, timestamp, HistogramWriter.stale(kind));
    }
    if (timestamp <= last || timestamp < oldest) {
      return notInOrder(b, row, timestamp, bits);
    }
    if (mixed || kind >= SeriesRows.HISTOGRAM) {
      // Histograms of this series that came before must come before in the log, too.
      mixed = true;
      histogramLog.flush(b);
    }
    int n = count;
    if (n == b.rows.length) {
      b.grow();
    }
    b.rows[n] = row;
    b.times[n] = timestamp;
    b.bits[n] = bits;
    count = n + 1;
    record(b, head.rows.ref(row), timestamp, value);
    return Outcome.STORED;
  }

  /** Finds out what is taken; false if nothing is. */
  private boolean bound(long timestamp) {
    if (!head.ingestion.takesSamples()) {
      return false;
    }
    oldest =
        access
            .bounds()
            .enter(() -> {
              newest = head.newestFor(timestamp);
              return head.oldestValid(newest);
            });
    window = head.outOfOrder.window();
    bounded = true;
    return true;
  }

  private Outcome full() {
    head.ingestion.samplesRefused.increment();
    return refuse(Outcome.LIMIT, head.ingestion.explainSpace());
  }

  private void record(AppendBuffers b, long ref, long timestamp, double value) {
    WriteBuffer out = b.samples;
    if (out.length() == 0) {
      firstRef = ref;
      firstTime = timestamp;
      SampleRecords.begin(out, ref, timestamp);
    }
    SampleRecords.add(out, firstRef, firstTime, ref, timestamp, value);
    if (out.length() >= MAX_RECORD) {
      flushSamples(b);
    }
  }

  private static void flushSamples(AppendBuffers b) {
    if (b.samples.length() > 0) {
      b.compressor.add(b.records, b.samples.array(), 0, b.samples.length());
      b.samples.clear();
    }
  }

  /** A sample that is not newer than the series' newest, or too old to be in order. */
  private Outcome notInOrder(AppendBuffers b, int row, long t, long bits) {
    duplicate = false;
    if (t >= oldest) {
      SeriesSnapshot now = access.snapshot(row);
      if (t > now.lastTime) {
        throw new IllegalStateException("the newest sample of a series went away");
      }
      if (t == now.lastTime) {
        return now.kind == SeriesRows.FLOAT && now.lastValue == bits
            ? Outcome.STORED
            : duplicate(now, t, bits);
      }
    }
    Outcome outcome = outOfOrder(t, head.counters().floats);
    if (outcome == Outcome.STORED) {
      record(b, head.rows.ref(row), t, Double.longBitsToDouble(bits));
      batch().add(row, t, bits, null);
    }
    return outcome;
  }

  private Outcome duplicate(SeriesSnapshot now, long t, long bits) {
    duplicate = true;
    duplicateTime = t;
    duplicateExisting =
        now.kind == SeriesRows.FLOAT ? Double.longBitsToDouble(now.lastValue) : Double.NaN;
    duplicateNew = Double.longBitsToDouble(bits);
    explanation =
        now.kind == SeriesRows.FLOAT
            ? ""
            : "duplicate sample for timestamp "
                + t
                + "; overrides not allowed: existing is a histogram, new value "
                + GoFloat.g(duplicateNew);
    return Outcome.DUPLICATE;
  }

  /** What becomes of a sample that is not in order; {@link Outcome#STORED} if it may be late. */
  private Outcome outOfOrder(long t, HeadCounters.Refused refused) {
    if (newest > t) {
      head.counters().lateness.accept((newest - t) / 1000.0);
    }
    if (window > 0) {
      if (t < newest - window) {
        refused.tooOld.increment();
        return refuse(Outcome.TOO_OLD, Outcome.TOO_OLD.text());
      }
      if (inOrderOnly) {
        refused.outOfOrder.increment();
        return refuse(Outcome.OUT_OF_ORDER, Outcome.OUT_OF_ORDER.text());
      }
      return Outcome.STORED;
    }
    if (t < oldest) {
      refused.outOfBounds.increment();
      return refuse(Outcome.OUT_OF_BOUNDS, Outcome.OUT_OF_BOUNDS.text());
    }
    refused.outOfOrder.increment();
    return refuse(Outcome.OUT_OF_ORDER, Outcome.OUT_OF_ORDER.text());
  }

  private OutOfOrderBatch batch() {
    OutOfOrderBatch late = outOfOrder;
    if (late == null) {
      late = new OutOfOrderBatch();
      outOfOrder = late;
    }
    return late;
  }

  private Outcome unknown() {
    duplicate = false;
    head.counters().seriesNotFound.increment();
    explanation = Outcome.UNKNOWN_SERIES.text();
    return Outcome.UNKNOWN_SERIES;
  }

  private Outcome refuse(Outcome outcome, String why) {
    duplicate = false;
    explanation = why;
    return outcome;
  }

  @Override
  public Outcome append(long series, long timestamp, Histogram histogram) {
    if (StaleMarker.is(histogram.sum())) {
      return appendHistogram(series, timestamp, HistogramMerge.stale(StaleMarker.VALUE));
    }
    String wrong = HistogramCheck.check(histogram);
    return wrong != null
        ? refuse(Outcome.INVALID, wrong)
        : appendHistogram(
            series, timestamp, Resolution.reduce(histogram, HistogramCheck.MAX_SCHEMA));
  }

  @Override
  public Outcome append(long series, long timestamp, FloatHistogram histogram) {
    if (histogram.isStale()) {
      return appendHistogram(series, timestamp, HistogramMerge.staleFloat(StaleMarker.VALUE));
    }
    String wrong = HistogramCheck.check(histogram);
    return wrong != null
        ? refuse(Outcome.INVALID, wrong)
        : appendHistogram(
            series, timestamp, Resolution.reduce(histogram, HistogramCheck.MAX_SCHEMA));
  }

  private Outcome appendHistogram(long series, long timestamp, Object histogram) {
    AppendBuffers b = buffers();
    int row = head.row(series);
    if (row < 0) {
      return unknown();
    }
    if (!bounded && !bound(timestamp)) {
      return full();
    }
    long last = head.rows.lastTime(row);
    if (timestamp < oldest || timestamp < last) {
      Outcome outcome = outOfOrder(timestamp, head.counters().histograms);
      if (outcome == Outcome.STORED) {
        histogramLog.add(b, head.rows.ref(row), timestamp, histogram);
        batch().add(row, timestamp, 0, histogram);
      }
      return outcome;
    }
    if (timestamp == last) {
      return access.isNewest(row, timestamp, histogram)
          ? Outcome.STORED
          : refuse(Outcome.DUPLICATE, Outcome.DUPLICATE.text());
    }
    if (mixed || head.rows.kind(row) <= SeriesRows.FLOAT) {
      mixed = true;
      // Floats of this series that came before must come before in the log, too.
      flushSamples(b);
    }
    int n = count;
    if (n == b.rows.length) {
      b.grow();
    }
    @Nullable Object[] histograms = b.histograms;
    if (histograms == null) {
      histograms = new Object[b.rows.length];
      b.histograms = histograms;
    }
    b.rows[n] = row;
    b.times[n] = timestamp;
    histograms[n] = histogram;
    count = n + 1;
    histogramLog.add(b, head.rows.ref(row), timestamp, histogram);
    return Outcome.STORED;
  }

  @Override
  public Outcome appendStartTimestamp(long series, long timestamp, long startTimestamp) {
    if (startTimestamp >= timestamp) {
      return refuse(Outcome.INVALID, "ST is newer or the same as sample's timestamp, ignoring");
    }
    int row = head.row(series);
    if (row < 0) {
      return unknown();
    }
    if (startTimestamp <= head.rows.lastTime(row)) {
      return refuse(Outcome.OUT_OF_ORDER, "start timestamp out of order, ignoring");
    }
    return append(series, startTimestamp, 0);
  }

  @Override
  public Outcome appendExemplar(long series, Exemplar exemplar) {
    int row = head.row(series);
    if (row < 0) {
      return unknown();
    }
    if (head.exemplars.capacity() == 0) {
      return Outcome.STORED;
    }
    int runes = 0;
    for (int i = 0; i < exemplar.labels().size(); i++) {
      String name = exemplar.labels().name(i);
      String value = exemplar.labels().value(i);
      runes += name.codePointCount(0, name.length()) + value.codePointCount(0, value.length());
    }
    if (runes > MAX_EXEMPLAR_LABELS) {
      return refuse(
          Outcome.INVALID, "label length for exemplar exceeds maximum of 128 UTF-8 characters");
    }
    Exemplar newest = head.exemplars.newest(row);
    if (newest != null) {
      if (exemplar.repeats(newest)) {
        return Outcome.STORED;
      }
      if (ExemplarOrder.isOlder(exemplar, newest, head.outOfOrder.window())) {
        head.counters().exemplarsOutOfOrder.increment();
        return refuse(Outcome.OUT_OF_ORDER, "out of order exemplar");
      }
    }
    List<PendingExemplar> list = exemplars;
    if (list == null) {
      list = new ArrayList<>();
      exemplars = list;
    }
    list.add(new PendingExemplar(row, exemplar));
    return Outcome.STORED;
  }

  @Override
  public Outcome updateMetadata(long series, MetricMetadata md) {
    int row = head.row(series);
    if (row < 0) {
      return unknown();
    }
    if (!head.options.metadataRecords() || md.equals(head.metadata.get(row))) {
      return Outcome.STORED;
    }
    List<PendingMetadata> list = metadata;
    if (list == null) {
      list = new ArrayList<>();
      metadata = list;
    }
    list.add(new PendingMetadata(row, md));
    return Outcome.STORED;
  }

  @Override
  public Outcome refusal() {
    return refusal;
  }

  @Override
  public void discardOutOfOrder(boolean discard) {
    inOrderOnly = discard;
  }

  @Override
  public String explanation() {
    if (duplicate && explanation.isEmpty()) {
      return "duplicate sample for timestamp "
          + duplicateTime
          + "; overrides not allowed: existing "
          + GoFloat.g(duplicateExisting)
          + ", new value "
          + GoFloat.g(duplicateNew);
    }
    return explanation;
  }

  @Override
  public void commit() throws StorageException {
    AppendBuffers b = buffers();
    try {
      encode(b);
      if (!head.unlogged.isEmpty() || !b.records.isEmpty()) {
        access.commits().commit(this);
      }
    } finally {
      finish(b);
    }
  }

  private void encode(AppendBuffers b) {
    if (metadata != null) {
      b.others.clear();
      MetadataRecords.begin(b.others);
      for (PendingMetadata m : metadata) {
        MetadataRecords.add(b.others, head.rows.ref(m.row), m.metadata);
      }
      b.compressor.add(b.records, b.others.array(), 0, b.others.length());
    }
    flushSamples(b);
    histogramLog.flush(b);
    if (exemplars != null) {
      b.others.clear();
      long ref = head.rows.ref(exemplars.getFirst().row);
      long time = exemplars.getFirst().exemplar.timestamp();
      ExemplarRecords.begin(b.others, ref, time);
      for (PendingExemplar e : exemplars) {
        ExemplarRecords.add(b.others, ref, time, head.rows.ref(e.row), e.exemplar);
      }
      b.compressor.add(b.records, b.others.array(), 0, b.others.length());
    }
  }

  @Override
  public void rollback() throws StorageException {
    AppendBuffers b = buffers();
    try {
      count = 0;
      outOfOrder = null;
      exemplars = null;
      metadata = null;
      b.records.clear();
      if (!head.unlogged.isEmpty()) {
        access.commits().commit(this);
      }
    } finally {
      finish(b);
    }
  }

  private void finish(AppendBuffers b) {
    buffers = null;
    if (bounded) {
      access.bounds().leave(oldest);
    }
    access.release(b, epoch);
  }

  @Override
  RecordBatch records() {
    return buffers().records;
  }

  @Override
  @Nullable OutOfOrderBatch outOfOrder() {
    return outOfOrder == null || outOfOrder.size() == 0 ? null : outOfOrder;
  }

  @Override
  void applyOutOfOrder() {
    if (outOfOrder != null) {
      outOfOrder.insert(head, head.isolation.applying());
      outOfOrder.clear();
    }
  }

  @Override
  void apply(boolean track) {
    AppendBuffers b = buffers();
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    int floats = 0;
    int histograms = 0;
    for (int i = 0; i < count; i++) {
      long t = b.times[i];
      Object histogram = b.histograms == null ? null : b.histograms[i];
      boolean stored;
      if (histogram == null) {
        stored = head.applyFloat(b.rows[i], t, b.bits[i], track);
        floats += stored ? 1 : 0;
      } else {
        stored = head.applyHistogram(b.rows[i], t, histogram, track);
        histograms += stored ? 1 : 0;
      }
      if (stored) {
        min = Math.min(min, t);
        max = Math.max(max, t);
      } else {
        overtaken(b.rows[i], t, b.bits[i], histogram);
      }
    }
    if (floats + histograms > 0) {
      head.extend(min, max);
      head.counters().floatsAppended.add(floats);
      head.counters().histogramsAppended.add(histograms);
    }
    applyOthers();
  }

  /** A sample that was in order when it was appended and no longer is. */
  private void overtaken(int row, long t, long bits, @Nullable Object histogram) {
    HeadCounters.Refused refused =
        histogram == null ? head.counters().floats : head.counters().histograms;
    if (t < head.rows.lastTime(row) && window > 0 && t >= newest - window && !inOrderOnly) {
      batch().add(row, t, bits, histogram);
    } else {
      refused.outOfOrder.increment();
    }
  }

  private void applyOthers() {
    if (exemplars != null) {
      for (PendingExemplar e : exemplars) {
        head.exemplars.add(e.row, e.exemplar);
      }
      head.counters().exemplarsAppended.add(exemplars.size());
    }
    if (metadata != null) {
      for (PendingMetadata m : metadata) {
        head.metadata.set(m.row, m.metadata);
      }
    }
  }
}
