package io.narthex.promql.internal.engine.histogram;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import java.util.Arrays;

/** A native histogram that is being computed: its buckets by index, so that they can be merged. */
public final class NativeHistogram {

  /** What came out of an addition or subtraction beside the histogram. */
  public enum Outcome {
    PLAIN,
    /** The hints contradict each other: a reset and none. */
    CONFLICTING_RESETS,
    /** The custom bounds differed; those that both have are left. */
    RECONCILED,
    /** Exponential and custom buckets cannot be combined; nothing was done. */
    INCOMPATIBLE
  }

  CounterResetHint hint;
  int schema;
  double zeroThreshold;
  double zeroCount;
  double count;
  double sum;
  private double zeroRest;
  private double countRest;
  private double sumRest;
  double[] custom;
  Buckets positive;
  Buckets negative;

  private NativeHistogram(FloatHistogram h) {
    hint = h.hint();
    schema = h.schema();
    zeroThreshold = h.zeroThreshold();
    zeroCount = h.zeroCount();
    count = h.count();
    sum = h.sum();
    custom = h.customValues();
    positive = Buckets.of(h.positiveSpans(), h.positiveCounts());
    negative = Buckets.of(h.negativeSpans(), h.negativeCounts());
  }

  public static NativeHistogram of(FloatHistogram h) {
    return new NativeHistogram(h);
  }

  /** An empty one with the same bounds. */
  public static NativeHistogram emptyLike(FloatHistogram h) {
    NativeHistogram n = new NativeHistogram(h);
    n.hint = CounterResetHint.UNKNOWN;
    n.zeroThreshold = 0;
    n.zeroCount = 0;
    n.count = 0;
    n.sum = 0;
    n.positive = new Buckets(0);
    n.negative = new Buckets(0);
    return n;
  }

  public NativeHistogram copy() {
    return of(toFloat());
  }

  public boolean isCustom() {
    return schema == Histogram.CUSTOM_BUCKETS;
  }

  public int schema() {
    return schema;
  }

  public double count() {
    return folded(count, countRest);
  }

  public NativeHistogram hint(CounterResetHint h) {
    hint = h;
    return this;
  }

  /** As a value, without empty buckets. */
  public FloatHistogram toFloat() {
    Buckets p = positive.compact();
    Buckets n = negative.compact();
    return new FloatHistogram(
        hint,
        schema,
        zeroThreshold,
        folded(zeroCount, zeroRest),
        folded(count, countRest),
        folded(sum, sumRest),
        p.spans(),
        n.spans(),
        p.counts(),
        n.counts(),
        custom);
  }

  private static double folded(double v, double rest) {
    return Double.isInfinite(v) ? v : v + rest;
  }

  /** What rounding has taken from a sum after another number is added, Neumaier's way. */
  static double rest(double sum, double rest, double x) {
    double t = sum + x;
    if (Double.isInfinite(t)) {
      return 0;
    }
    return rest + (Math.abs(sum) >= Math.abs(x) ? (sum - t) + x : (x - t) + sum);
  }

  /** Whether adding would overflow. */
  public boolean overflows(FloatHistogram other) {
    return Double.isInfinite(count + other.count())
        || Double.isInfinite(sum + other.sum())
        || Double.isInfinite(zeroCount + other.zeroCount());
  }

  /** Multiplies all counts; a negative factor makes it a gauge. */
  public NativeHistogram multiply(double factor) {
    zeroCount *= factor;
    zeroRest *= factor;
    count *= factor;
    countRest *= factor;
    sum *= factor;
    sumRest *= factor;
    positive.scale(factor);
    negative.scale(factor);
    if (factor < 0) {
      hint = CounterResetHint.GAUGE;
    }
    return this;
  }

  /** Divides all counts; of a division by zero no buckets are left. */
  public NativeHistogram divide(double divisor) {
    zeroCount /= divisor;
    zeroRest /= divisor;
    count /= divisor;
    countRest /= divisor;
    sum /= divisor;
    sumRest /= divisor;
    if (divisor == 0) {
      positive = new Buckets(0);
      negative = new Buckets(0);
      return this;
    }
    positive.divide(divisor);
    negative.divide(divisor);
    if (divisor < 0) {
      hint = CounterResetHint.GAUGE;
    }
    return this;
  }

  public Outcome add(NativeHistogram other) {
    return combine(other, 1);
  }

  public Outcome subtract(NativeHistogram other) {
    return combine(other, -1);
  }

  private Outcome combine(NativeHistogram given, int sign) {
    if (isCustom() != given.isCustom()) {
      return Outcome.INCOMPATIBLE;
    }
    NativeHistogram other = given.copy();
    boolean conflict = combineHints(other.hint);
    boolean reconciled = false;
    if (isCustom()) {
      reconciled = reconcileBounds(other);
    } else {
      reconcileThresholds(other);
      int lower = Math.min(schema, other.schema);
      reduceTo(lower);
      other.reduceTo(lower);
    }
    zeroRest = rest(zeroCount, zeroRest, sign * other.zeroCount);
    zeroCount += sign * other.zeroCount;
    countRest = rest(count, countRest, sign * other.count);
    count += sign * other.count;
    sumRest = rest(sum, sumRest, sign * other.sum);
    sum += sign * other.sum;
    positive = Buckets.merge(positive, other.positive, sign);
    negative = Buckets.merge(negative, other.negative, sign);
    return reconciled ? Outcome.RECONCILED : conflict ? Outcome.CONFLICTING_RESETS : Outcome.PLAIN;
  }

  /** Whether the hints contradict each other. */
  private boolean combineHints(CounterResetHint other) {
    if (hint == other) {
      return false;
    }
    if (hint == CounterResetHint.GAUGE || other == CounterResetHint.GAUGE) {
      hint = CounterResetHint.GAUGE;
      return false;
    }
    boolean conflict = hint != CounterResetHint.UNKNOWN && other != CounterResetHint.UNKNOWN;
    hint = CounterResetHint.UNKNOWN;
    return conflict;
  }

  private boolean reconcileBounds(NativeHistogram other) {
    if (Arrays.equals(custom, other.custom)) {
      return false;
    }
    double[] common = common(custom, other.custom);
    positive = positive.remap(custom, common);
    other.positive = other.positive.remap(other.custom, common);
    custom = common;
    other.custom = common;
    return true;
  }

  private static double[] common(double[] a, double[] b) {
    double[] out = new double[Math.min(a.length, b.length)];
    int n = 0;
    for (int i = 0, j = 0; i < a.length && j < b.length; ) {
      if (a[i] == b[j]) {
        out[n++] = a[i];
        i++;
        j++;
      } else if (a[i] < b[j]) {
        i++;
      } else {
        j++;
      }
    }
    return Arrays.copyOf(out, n);
  }

  private void reconcileThresholds(NativeHistogram other) {
    while (zeroThreshold != other.zeroThreshold) {
      if (zeroThreshold > other.zeroThreshold) {
        other.raiseThreshold(zeroThreshold);
      }
      if (other.zeroThreshold > zeroThreshold) {
        raiseThreshold(other.zeroThreshold);
      }
    }
  }

  /** Widens the zero bucket to the threshold, or further where that lies in a populated bucket. */
  void raiseThreshold(double to) {
    double threshold = widened(to);
    zeroCount += take(positive, threshold) + take(negative, threshold);
    zeroThreshold = threshold;
  }

  /** The threshold that is reached if it is to be {@code to} at least. */
  double widened(double to) {
    double threshold = to;
    for (boolean again = true; again; ) {
      double wider = Math.max(cut(positive, threshold), cut(negative, threshold));
      again = wider > threshold;
      threshold = wider;
    }
    return threshold;
  }

  /** The upper bound of the populated bucket that a threshold lies in; else the threshold. */
  private double cut(Buckets side, double threshold) {
    for (int i = 0; i < side.size; i++) {
      double lower = BucketBounds.lower(schema, side.index[i], custom);
      double upper = BucketBounds.upper(schema, side.index[i], custom);
      if (side.count[i] != 0 && lower < threshold && upper > threshold) {
        return upper;
      }
    }
    return threshold;
  }

  /** Takes the buckets below the threshold out and gives their count. */
  private double take(Buckets side, double threshold) {
    double taken = 0;
    int n = 0;
    for (int i = 0; i < side.size; i++) {
      if (BucketBounds.lower(schema, side.index[i], custom) < threshold) {
        taken += side.count[i];
      } else {
        side.index[n] = side.index[i];
        side.count[n++] = side.count[i];
      }
    }
    side.size = n;
    return taken;
  }

  /** Lowers the resolution, if it is higher. */
  public NativeHistogram reduceTo(int lower) {
    if (!isCustom() && schema > lower) {
      positive = positive.reduce(schema - lower);
      negative = negative.reduce(schema - lower);
      schema = lower;
    }
    return this;
  }

  /** Whether a counter was reset between {@code before} and this. The sum does not count. */
  public boolean isReset(NativeHistogram before) {
    if (hint == CounterResetHint.RESET) {
      return true;
    }
    if (hint == CounterResetHint.NOT_RESET) {
      return false;
    }
    if (count < before.count || isCustom() != before.isCustom()) {
      return true;
    }
    if (isCustom()) {
      NativeHistogram now = copy();
      NativeHistogram then = before.copy();
      now.reconcileBounds(then);
      return now.positive.isBelow(then.positive);
    }
    if (schema > before.schema || zeroThreshold < before.zeroThreshold) {
      return true;
    }
    NativeHistogram then = before.copy();
    if (then.zeroThreshold != zeroThreshold) {
      if (then.widened(zeroThreshold) != zeroThreshold) {
        return true;
      }
      then.raiseThreshold(zeroThreshold);
    }
    then.reduceTo(schema);
    return zeroCount < then.zeroCount
        || positive.isBelow(then.positive)
        || negative.isBelow(then.negative);
  }

  /** Whether all but the hints are equal, to the bit. */
  public static boolean same(FloatHistogram a, FloatHistogram b) {
    NativeHistogram x = of(a);
    NativeHistogram y = of(b);
    return x.schema == y.schema
        && bits(x.count) == bits(y.count)
        && bits(x.sum) == bits(y.sum)
        && bits(x.zeroCount) == bits(y.zeroCount)
        && x.zeroThreshold == y.zeroThreshold
        && Arrays.equals(x.custom, y.custom)
        && x.positive.compact().sameAs(y.positive.compact())
        && x.negative.compact().sameAs(y.negative.compact());
  }

  private static long bits(double v) {
    return Double.doubleToRawLongBits(v);
  }
}
