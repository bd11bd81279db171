package io.narthex.storage.tsdb.internal.chunk;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import java.util.Arrays;

/**
 * What all histograms of a chunk have in common, in front of them.
 *
 * <pre>
 * layout    := threshold schema(varbit) spans spans [ bounds ]
 * threshold := 0(8) for 0 | exponent+243(8) for a power of two | 255(8) float(64)
 * spans     := count(uvarbit) ( length(uvarbit) offset(varbit) )*
 * bounds    := count(uvarbit) ( thousandths+1(uvarbit) | 0(1) float(64) )*
 * </pre>
 */
record HistogramLayout(
    int schema, double zeroThreshold, int[] positive, int[] negative, double[] bounds) {

  private static final double MAX_THOUSANDTHS = 33_554_430;

  static HistogramLayout of(Histogram h) {
    return new HistogramLayout(
        h.schema(), h.zeroThreshold(), h.positiveSpans(), h.negativeSpans(), h.customValues());
  }

  static HistogramLayout of(FloatHistogram h) {
    return new HistogramLayout(
        h.schema(), h.zeroThreshold(), h.positiveSpans(), h.negativeSpans(), h.customValues());
  }

  /** Whether histograms of both can be in one chunk, once their buckets are made the same. */
  boolean fits(HistogramLayout other) {
    return schema == other.schema
        && Double.doubleToRawLongBits(zeroThreshold)
            == Double.doubleToRawLongBits(other.zeroThreshold)
        && Arrays.equals(bounds, other.bounds);
  }

  void write(BitBuffer out) {
    writeThreshold(out);
    out.putVarbit(schema);
    writeSpans(out, positive);
    writeSpans(out, negative);
    if (schema == Histogram.CUSTOM_BUCKETS) {
      out.putUvarbit(bounds.length);
      for (double b : bounds) {
        double thousandths = b * 1000;
        if (thousandths >= 0
            && thousandths <= MAX_THOUSANDTHS
            && thousandths == Math.rint(thousandths)
            && thousandths / 1000 == b) {
          out.putUvarbit((long) thousandths + 1);
        } else {
          out.put(0, 1);
          out.put(Double.doubleToRawLongBits(b), 64);
        }
      }
    }
  }

  private void writeThreshold(BitBuffer out) {
    if (zeroThreshold == 0) {
      out.put(0, 8);
      return;
    }
    // The exponent of a fraction from 0.5 to 1 that times a power of two gives the number.
    int exponent = Math.getExponent(zeroThreshold) + 1;
    if (zeroThreshold == Math.scalb(0.5, exponent) && exponent >= -242 && exponent <= 11) {
      out.put(exponent + 243, 8);
    } else {
      out.put(255, 8);
      out.put(Double.doubleToRawLongBits(zeroThreshold), 64);
    }
  }

  private static void writeSpans(BitBuffer out, int[] spans) {
    out.putUvarbit(spans.length / 2);
    for (int i = 0; i < spans.length; i += 2) {
      out.putUvarbit(spans[i + 1]);
      out.putVarbit(spans[i]);
    }
  }

  static HistogramLayout read(BitSource in) {
    int code = (int) in.bits(8);
    double threshold =
        code == 0
            ? 0
            : code == 255 ? Double.longBitsToDouble(in.bits(64)) : Math.scalb(0.5, code - 243);
    int schema = (int) in.varbit();
    int[] positive = readSpans(in);
    int[] negative = readSpans(in);
    double[] bounds = new double[0];
    if (schema == Histogram.CUSTOM_BUCKETS) {
      bounds = new double[in.count()];
      for (int i = 0; i < bounds.length; i++) {
        long thousandths = in.uvarbit();
        bounds[i] =
            thousandths == 0 ? Double.longBitsToDouble(in.bits(64)) : (thousandths - 1) / 1000.0;
      }
    }
    return new HistogramLayout(schema, threshold, positive, negative, bounds);
  }

  private static int[] readSpans(BitSource in) {
    int[] spans = new int[in.count() * 2];
    long total = 0;
    for (int i = 0; i < spans.length; i += 2) {
      spans[i + 1] = in.count();
      spans[i] = (int) in.varbit();
      total += spans[i + 1];
      if (total > 1 << 20) {
        throw new IllegalStateException("a histogram of more than " + total + " buckets");
      }
    }
    return spans;
  }
}
