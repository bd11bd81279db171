package io.narthex.exposition.internal.protobuf;

import io.narthex.api.exposition.ExpositionException;
import io.narthex.api.exposition.ReaderOptions;
import io.narthex.exposition.internal.histogram.ClassicBuckets;
import io.narthex.exposition.internal.histogram.HistogramSlot;
import io.narthex.exposition.internal.protobuf.SeriesKey.Part;
import io.narthex.model.MetricType;
import io.narthex.model.histogram.CounterResetHint;

/**
 * The samples of one metric, one after the other: a value; count, sum and quantiles; count, sum and
 * buckets; or a native histogram, before the classic ones where it is one itself, and behind them
 * where it is made of them.
 */
final class MetricPoints {

  private final ReaderOptions options;
  private final ScalarMessage scalar = new ScalarMessage();
  private final SummaryMessage summary = new SummaryMessage();
  private final HistogramMessage message = new HistogramMessage();
  private final NativeHistograms natives = new NativeHistograms();
  private final ClassicBuckets classic = new ClassicBuckets();
  private final IntList ownExemplars = new IntList();

  final SeriesKey key = new SeriesKey();
  final HistogramSlot histogram = new HistogramSlot();

  Part part = Part.VALUE;
  double bound;
  double value;

  /** Milliseconds, 0 if unknown. */
  long start;

  int exemplarFrom;
  int exemplarTo;

  private MetricType type = MetricType.UNKNOWN;

  /** The next float sample, and behind the last one. */
  private int at;

  private int size;
  private boolean histogramFirst;
  private boolean histogramLast;
  private IntList exemplars = ownExemplars;
  private int exemplarAt;
  private int exemplarEnd;

  MetricPoints(ReaderOptions options) {
    this.options = options;
  }

  void reset() {
    key.reset();
    at = 0;
    size = 0;
  }

  void begin(byte[] b, FamilyMessage family, MetricMessage metric) throws ExpositionException {
    key.metric(b, family.nameFrom, family.nameTo, metric.labels);
    type = family.type;
    at = 0;
    histogramFirst = false;
    histogramLast = false;
    switch (type) {
      case COUNTER -> scalar(b, metric, MetricMessage.COUNTER);
      case GAUGE -> scalar(b, metric, MetricMessage.GAUGE);
      case SUMMARY -> {
        int from = metric.from(MetricMessage.SUMMARY);
        summary.read(b, Math.max(0, from), from < 0 ? 0 : metric.to(MetricMessage.SUMMARY));
        start = summary.start;
        size = 2 + summary.quantileCount;
      }
      case HISTOGRAM, GAUGEHISTOGRAM -> histogram(b, metric);
      default -> scalar(b, metric, MetricMessage.UNTYPED);
    }
  }

  private void scalar(byte[] b, MetricMessage metric, int kind) throws ExpositionException {
    ownExemplars.clear();
    int from = metric.from(kind);
    scalar.read(b, Math.max(0, from), from < 0 ? 0 : metric.to(kind), ownExemplars);
    start = scalar.start;
    size = 1;
  }

  private void histogram(byte[] b, MetricMessage metric) throws ExpositionException {
    int from = metric.from(MetricMessage.HISTOGRAM);
    message.read(b, Math.max(0, from), from < 0 ? 0 : metric.to(MetricMessage.HISTOGRAM));
    start = message.start;
    boolean unbounded =
        message.bucketCount == 0
            || message.bounds[message.bucketCount - 1] != Double.POSITIVE_INFINITY;
    int all = 2 + message.bucketCount + (unbounded ? 1 : 0);
    CounterResetHint hint =
        type == MetricType.GAUGEHISTOGRAM ? CounterResetHint.GAUGE : CounterResetHint.UNKNOWN;
    if (options.nativeHistograms() && message.isNative()) {
      natives.read(message, hint, histogram);
      histogramFirst = true;
      size = options.classicHistograms() && message.bucketCount > 0 ? all : 0;
    } else if (options.customBuckets()) {
      convert(hint);
      histogramLast = !histogram.isEmpty();
      size = options.classicHistograms() ? all : 0;
    } else {
      size = all;
    }
  }

  private void convert(CounterResetHint hint) {
    classic.clear();
    classic.count(message.total());
    classic.sum(message.sum);
    for (int i = 0; i < message.bucketCount; i++) {
      classic.bucket(message.bounds[i], message.cumulative[i]);
    }
    classic.convert(hint, histogram);
  }

  /** Goes to the next sample; false behind the last. */
  boolean next() {
    exemplars = ownExemplars;
    exemplarAt = 0;
    exemplarEnd = 0;
    if (histogramFirst) {
      histogramFirst = false;
      histogramPoint(message.exemplars.size > 0 ? message.exemplars : message.bucketExemplars);
      return true;
    }
    if (at < size) {
      floatPoint(at++);
      return true;
    }
    if (histogramLast) {
      histogramLast = false;
      histogramPoint(message.bucketExemplars);
      return true;
    }
    return false;
  }

  private void histogramPoint(IntList itsExemplars) {
    part = Part.HISTOGRAM;
    key.part(part, 0);
    exemplars = itsExemplars;
    exemplarEnd = itsExemplars.size;
  }

  private void floatPoint(int i) {
    switch (type) {
      case SUMMARY -> summaryPoint(i);
      case HISTOGRAM, GAUGEHISTOGRAM -> classicPoint(i);
      default -> {
        part = Part.VALUE;
        value = scalar.value;
        exemplarEnd = type == MetricType.COUNTER ? ownExemplars.size : 0;
      }
    }
    key.part(part, bound);
  }

  private void summaryPoint(int i) {
    if (i >= 2) {
      part = Part.QUANTILE;
      bound = summary.quantiles[i - 2];
      value = summary.values[i - 2];
    } else {
      part = i == 0 ? Part.COUNT : Part.SUM;
      value = i == 0 ? summary.count : summary.sum;
    }
  }

  private void classicPoint(int i) {
    if (i < 2) {
      part = i == 0 ? Part.COUNT : Part.SUM;
      value = i == 0 ? message.total() : message.sum;
      return;
    }
    part = Part.BUCKET;
    int bucket = i - 2;
    if (bucket < message.bucketCount) {
      bound = message.bounds[bucket];
      value = message.cumulative[bucket];
      exemplars = message.bucketExemplars;
      exemplarAt = 2 * bucket;
      exemplarEnd = exemplarAt + 2;
    } else {
      bound = Double.POSITIVE_INFINITY;
      value = message.total();
    }
  }

  /** Goes to the sample's next exemplar. */
  boolean nextExemplar() {
    while (exemplarAt < exemplarEnd) {
      exemplarFrom = exemplars.values[exemplarAt];
      exemplarTo = exemplars.values[exemplarAt + 1];
      exemplarAt += 2;
      if (exemplarFrom >= 0) {
        return true;
      }
    }
    return false;
  }
}
