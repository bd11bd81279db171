package io.narthex.promql.internal.engine;

import io.narthex.api.query.QueryResult;
import io.narthex.model.Labels;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.ast.Extension;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.data.Steps;
import io.narthex.promql.internal.engine.operator.BlockScan;
import io.narthex.promql.internal.engine.operator.MergeRows;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import io.narthex.promql.internal.engine.range.RangeInput;
import io.narthex.promql.internal.engine.range.RangeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the last operator of a plan into a result: here, and not before, labels get their form. */
final class ResultBuilder {

  private static final FloatHistogram[] NO_HISTOGRAMS = {};
  private static final long[] NO_TIMES = {};

  private final Execution ex;

  ResultBuilder(Execution ex) {
    this.ex = ex;
  }

  /** The samples of a single step in the order of the rows. */
  QueryResult.Vector vector(VectorOperator source) {
    Rows rows = source.rows();
    List<QueryResult.Sample> samples = new ArrayList<>();
    boolean[] anyDropped = new boolean[1];
    BlockScan.run(
        source,
        (block, from) -> {
          ex.guard().hold(block.count());
          for (int row = 0; row < block.rows; row++) {
            if (block.has(row, 0)) {
              anyDropped[0] |= rows.dropsName(from + row);
              samples.add(
                  new QueryResult.Sample(
                      rows.output(from + row), block.values[row], block.histogram(row, 0)));
            }
          }
        });
    if (ex.naming().delayed() && anyDropped[0]) {
      checkUnique(samples);
    }
    return new QueryResult.Vector(source.steps().start(), samples);
  }

  private static void checkUnique(List<QueryResult.Sample> samples) {
    Map<Labels, Boolean> seen = new HashMap<>(samples.size() * 2);
    for (QueryResult.Sample s : samples) {
      if (seen.put(s.labels(), true) != null) {
        throw EvaluationFailure.of(MergeRows.SAME_LABELS);
      }
    }
  }

  /** All samples as series sorted by labels. */
  QueryResult.Matrix matrix(VectorOperator source) {
    Rows rows = source.rows();
    Steps steps = source.steps();
    List<QueryResult.SeriesColumns> series = new ArrayList<>();
    boolean[] anyDropped = new boolean[1];
    BlockScan.run(
        source,
        (block, from) -> {
          ex.guard().hold(block.count());
          for (int row = 0; row < block.rows; row++) {
            if (!block.isEmpty(row)) {
              anyDropped[0] |= rows.dropsName(from + row);
              series.add(columns(block, row, steps, rows.output(from + row)));
            }
          }
        });
    return new QueryResult.Matrix(
        sorted(ex.naming().delayed() && anyDropped[0] ? merge(series) : series));
  }

  private QueryResult.SeriesColumns columns(
      SeriesBlock block, int row, Steps steps, Labels labels) {
    int n = block.count(row);
    ex.guard().take(16L * n + 64);
    long[] times = new long[n];
    double[] values = new double[n];
    int floats = 0;
    long[] histogramTimes = NO_TIMES;
    FloatHistogram[] histograms = NO_HISTOGRAMS;
    int count = 0;
    for (int k = block.next(row, 0); k >= 0; k = block.next(row, k + 1)) {
      FloatHistogram h = block.histogram(row, k);
      if (h == null) {
        times[floats] = steps.at(k);
        values[floats++] = block.values[row * block.steps + k];
        continue;
      }
      if (count == 0) {
        histogramTimes = new long[n];
        histograms = new FloatHistogram[n];
      }
      histogramTimes[count] = steps.at(k);
      histograms[count++] = h;
    }
    return new QueryResult.SeriesColumns(
        labels, floats, times, values, count, histogramTimes, histograms);
  }

  private static List<QueryResult.SeriesColumns> sorted(List<QueryResult.SeriesColumns> series) {
    series.sort(Comparator.comparing(QueryResult.SeriesColumns::labels));
    return series;
  }

  /** Makes one of series that have become equal when their names were dropped at the end. */
  private static List<QueryResult.SeriesColumns> merge(List<QueryResult.SeriesColumns> series) {
    Map<Labels, Integer> places = new HashMap<>(series.size() * 2);
    List<QueryResult.SeriesColumns> out = new ArrayList<>(series.size());
    for (QueryResult.SeriesColumns s : series) {
      Integer known = places.putIfAbsent(s.labels(), out.size());
      if (known == null) {
        out.add(s);
      } else {
        out.set(known, merge(out.get(known), s));
      }
    }
    return out;
  }

  private static QueryResult.SeriesColumns merge(
      QueryResult.SeriesColumns a, QueryResult.SeriesColumns b) {
    int floats = a.floats() + b.floats();
    long[] times = new long[floats];
    double[] values = new double[floats];
    int i = 0;
    int j = 0;
    for (int n = 0; n < floats; n++) {
      boolean left = j == b.floats() || (i < a.floats() && a.floatTimes()[i] < b.floatTimes()[j]);
      times[n] = left ? a.floatTimes()[i] : b.floatTimes()[j];
      values[n] = left ? a.floatValues()[i++] : b.floatValues()[j++];
    }
    int count = a.histogramCount() + b.histogramCount();
    long[] histogramTimes = new long[count];
    FloatHistogram[] histograms = new FloatHistogram[count];
    i = 0;
    j = 0;
    for (int n = 0; n < count; n++) {
      boolean left =
          j == b.histogramCount()
              || (i < a.histogramCount() && a.histogramTimes()[i] < b.histogramTimes()[j]);
      histogramTimes[n] = left ? a.histogramTimes()[i] : b.histogramTimes()[j];
      histograms[n] = left ? a.histograms()[i++] : b.histograms()[j++];
    }
    checkDisjoint(times, histogramTimes);
    return new QueryResult.SeriesColumns(
        a.labels(), floats, times, values, count, histogramTimes, histograms);
  }

  private static void checkDisjoint(long[] a, long[] b) {
    long[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    Arrays.sort(all);
    for (int i = 1; i < all.length; i++) {
      if (all[i] == all[i - 1]) {
        throw EvaluationFailure.of(MergeRows.SAME_LABELS);
      }
    }
  }

  /** The raw samples of a range at a single step, as series sorted by labels. */
  QueryResult.Matrix ranges(RangeSource source, RangeInput in, Extension extension) {
    Rows rows = source.rows();
    RangeSource.Reader reader = source.reader();
    List<QueryResult.SeriesColumns> series = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      ex.check();
      reader.read(row, rows.size(), in);
      in.locate();
      if (extension != Extension.NONE) {
        ExtendedRange.add(in, extension, rows.output(row), series);
        continue;
      }
      int floats = in.hi[0] - in.lo[0];
      int count = in.histograms(0);
      if (floats + count == 0) {
        continue;
      }
      ex.guard().hold(floats + (long) count);
      ex.statistics().queryable(floats + (long) count);
      series.add(
          new QueryResult.SeriesColumns(
              rows.output(row),
              floats,
              Arrays.copyOfRange(in.columns.times, in.lo[0], in.hi[0]),
              Arrays.copyOfRange(in.columns.values, in.lo[0], in.hi[0]),
              count,
              count == 0
                  ? NO_TIMES
                  : Arrays.copyOfRange(
                      in.columns.histogramTimes, in.histogramLo[0], in.histogramHi[0]),
              count == 0
                  ? NO_HISTOGRAMS
                  : Arrays.copyOfRange(
                      in.columns.histograms, in.histogramLo[0], in.histogramHi[0])));
    }
    return new QueryResult.Matrix(sorted(ex.naming().delayed() ? merge(series) : series));
  }
}
