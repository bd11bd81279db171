package io.narthex.exposition.internal.protobuf;

import io.narthex.api.exposition.ExpositionException;
import io.narthex.exposition.internal.histogram.HistogramSlot;
import io.narthex.exposition.internal.histogram.SparseBuckets;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;

/** Makes native histograms of messages; buckets without observations are left out. */
final class NativeHistograms {

  private final SparseBuckets positive = new SparseBuckets(0);
  private final SparseBuckets negative = new SparseBuckets(0);

  void read(HistogramMessage m, CounterResetHint hint, HistogramSlot slot)
      throws ExpositionException {
    double[] noBounds = new double[0];
    if (m.isFloat()) {
      collect(m.positiveSpans, m.positiveCounts, true, positive, "positive");
      collect(m.negativeSpans, m.negativeCounts, true, negative, "negative");
      slot.set(
          new FloatHistogram(
              hint,
              m.schema,
              m.zeroThreshold,
              m.zeroCountFloat,
              m.countFloat,
              m.sum,
              positive.spans(),
              negative.spans(),
              positive.counts(),
              negative.counts(),
              noBounds));
    } else {
      collect(m.positiveSpans, m.positiveDeltas, false, positive, "positive");
      collect(m.negativeSpans, m.negativeDeltas, false, negative, "negative");
      slot.set(
          new Histogram(
              hint,
              m.schema,
              m.zeroThreshold,
              m.zeroCount,
              m.count,
              m.sum,
              positive.spans(),
              negative.spans(),
              positive.deltas(),
              negative.deltas(),
              noBounds));
    }
  }

  private static void collect(
      IntList spans, NumberList numbers, boolean absolute, SparseBuckets out, String side)
      throws ExpositionException {
    long wanted = 0;
    for (int i = 1; i < spans.size; i += 2) {
      wanted += spans.values[i];
    }
    if (wanted != numbers.size) {
      throw new ExpositionException(
          "histogram spans specify different number of buckets than provided: "
              + side
              + " spans need "
              + wanted
              + " buckets, have "
              + numbers.size);
    }
    out.clear();
    long index = 0;
    long count = 0;
    int n = 0;
    for (int i = 0; i < spans.size; i += 2) {
      int offset = spans.values[i];
      if (i > 0 && offset < 0) {
        throw new ExpositionException(
            "histogram has a span whose offset is negative: " + side + " span number " + i / 2);
      }
      index += offset;
      int length = spans.values[i + 1];
      if (index + length > Integer.MAX_VALUE) {
        throw new ExpositionException("histogram has a " + side + " bucket that is out of range");
      }
      for (int k = 0; k < length; k++) {
        if (absolute) {
          out.add((int) index++, numbers.number(n++));
        } else {
          count += numbers.values[n++];
          out.add((int) index++, count);
        }
      }
    }
  }
}
