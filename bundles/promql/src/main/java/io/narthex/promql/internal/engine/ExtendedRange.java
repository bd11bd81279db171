package io.narthex.promql.internal.engine;

import io.narthex.api.query.QueryResult;
import io.narthex.model.Labels;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.ast.Extension;
import io.narthex.promql.internal.engine.range.RangeInput;
import java.util.List;

/**
 * The samples of an anchored or smoothed range: with one at each bound, as its functions see it.
 */
final class ExtendedRange {

  private ExtendedRange() {}

  static void add(
      RangeInput in, Extension extension, Labels labels, List<QueryResult.SeriesColumns> series) {
    if (in.hasHistograms()) {
      throw EvaluationFailure.of(extension.text() + " modifier is not supported with histograms");
    }
    boolean smoothed = extension == Extension.SMOOTHED;
    long[] times = in.columns.times;
    double[] values = in.columns.values;
    long start = in.windows.start(0);
    long end = in.windows.end(0);
    int first = in.lo[0];
    if (first > 0 && times[first - 1] > start - in.windows.before()) {
      first--;
    }
    int last = in.hi[0] - 1;
    boolean exact = last >= first && last >= 0 && times[last] == end;
    if (smoothed
        && !exact
        && last + 1 < in.columns.size
        && times[last + 1] <= end + in.windows.after()) {
      last++;
    }
    if (last < first || times[last] <= start || times[first] > end) {
      return;
    }
    boolean leftBetween = smoothed && times[first] < start && first < last;
    boolean rightBetween = smoothed && last > first && times[last] > end;
    double left = leftBetween ? interpolate(in, first, start) : values[first];
    double right = rightBetween ? interpolate(in, last - 1, end) : values[last];
    int from = times[first] <= start ? first + 1 : first;
    int to = times[last] >= end ? last - 1 : last;
    int inner = Math.max(0, to - from + 1);
    in.ex.guard().hold(inner + 2L);
    long[] outTimes = new long[inner + 2];
    double[] outValues = new double[inner + 2];
    outTimes[0] = start;
    outValues[0] = left;
    System.arraycopy(times, from, outTimes, 1, inner);
    System.arraycopy(values, from, outValues, 1, inner);
    outTimes[inner + 1] = end;
    outValues[inner + 1] = right;
    series.add(
        new QueryResult.SeriesColumns(
            labels, inner + 2, outTimes, outValues, 0, new long[0], new FloatHistogram[0]));
  }

  private static double interpolate(RangeInput in, int i, long t) {
    double a = in.columns.values[i];
    double b = in.columns.values[i + 1];
    long from = in.columns.times[i];
    return a + (b - a) * (double) (t - from) / (double) (in.columns.times[i + 1] - from);
  }
}
