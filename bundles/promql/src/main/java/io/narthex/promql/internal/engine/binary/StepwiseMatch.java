package io.narthex.promql.internal.engine.binary;

import io.narthex.model.Labels;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.VectorMatching;
import io.narthex.promql.internal.ast.VectorMatching.Cardinality;
import io.narthex.promql.internal.engine.EvaluationFailure;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.GroupTable;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.Materialized;
import io.narthex.promql.internal.engine.operator.MergeRows;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The general way to match two vectors: step by step, with the checks of ambiguous matches at the
 * steps where they occur, and with values for what is missing. Holds both sides.
 */
final class StepwiseMatch {

  private static final int NO_ROW = -1;

  private final Execution ex;
  private final PairKernel kernel;
  private final VectorOperator many;
  private final VectorOperator one;
  private final GroupTable table;
  private final int[] manyGroups;
  private final int[] oneGroups;
  private final ResultLabels resultLabels;
  private final boolean comparison;
  private final boolean returnBool;
  private final boolean oneToOne;
  private final boolean swapped;
  private final @Nullable Double fillMany;
  private final @Nullable Double fillOne;

  private final Map<Long, Integer> pairs = new HashMap<>();
  private final Map<Labels, Integer> places = new HashMap<>();
  private final List<Labels> labels = new ArrayList<>();
  private final List<Boolean> dropped = new ArrayList<>();
  private final List<double[]> columns = new ArrayList<>();
  private final List<long[]> bitmaps = new ArrayList<>();
  private final Map<Long, FloatHistogram> histograms = new HashMap<>();
  private final SeriesBlock cell = new SeriesBlock(1);

  StepwiseMatch(
      Execution ex,
      Expr.Binary node,
      VectorMatching matching,
      PairKernel kernel,
      VectorOperator many,
      VectorOperator one,
      GroupTable table,
      int[] manyGroups,
      int[] oneGroups) {
    this.ex = ex;
    this.kernel = kernel;
    this.many = many;
    this.one = one;
    this.table = table;
    this.manyGroups = manyGroups;
    this.oneGroups = oneGroups;
    this.returnBool = node.returnBool();
    this.comparison = node.operator().isComparison();
    this.resultLabels = new ResultLabels(node.operator(), matching, returnBool, ex.naming());
    this.oneToOne = matching.cardinality() == Cardinality.ONE_TO_ONE;
    this.swapped = matching.cardinality() == Cardinality.ONE_TO_MANY;
    // As in the reference, whose left one means the "many" side whichever that is.
    this.fillMany = matching.fillLeft();
    this.fillOne = matching.fillRight();
    this.cell.clear(1);
  }

  SeriesBlock evaluate() {
    SeriesBlock manyBlock = Materialized.of(many);
    SeriesBlock oneBlock = Materialized.of(one);
    int[] partner = new int[table.size()];
    boolean[] matched = new boolean[table.size()];
    int steps = manyBlock.steps;
    for (int k = 0; k < steps; k++) {
      ex.check();
      step(manyBlock, oneBlock, k, partner, matched);
    }
    SeriesBlock out = new SeriesBlock(steps);
    ex.guard().take(SeriesBlock.bytes(labels.size(), steps));
    out.clear(labels.size());
    for (int row = 0; row < out.rows; row++) {
      System.arraycopy(columns.get(row), 0, out.values, row * steps, steps);
      System.arraycopy(bitmaps.get(row), 0, out.present, row * out.words, out.words);
    }
    histograms.forEach((at, h) -> out.set((int) (at >> 32), at.intValue(), h));
    return out;
  }

  Rows rows() {
    boolean[] drop = new boolean[labels.size()];
    for (int i = 0; i < drop.length; i++) {
      drop[i] = dropped.get(i);
    }
    return Rows.of(ex.naming(), labels.toArray(new Labels[0]), drop, false);
  }

  private void step(
      SeriesBlock manyBlock, SeriesBlock oneBlock, int k, int[] partner, boolean[] matched) {
    boolean manyEmpty = isEmpty(manyBlock, k);
    boolean oneEmpty = isEmpty(oneBlock, k);
    if ((manyEmpty && fillMany == null) || (oneEmpty && fillOne == null)) {
      return;
    }
    findPartners(oneBlock, k, partner);
    Arrays.fill(matched, false);
    Set<Long> inserted = oneToOne ? Set.of() : new HashSet<>();
    for (int row = 0; row < manyBlock.rows; row++) {
      if (!manyBlock.has(row, k)) {
        continue;
      }
      int g = manyGroups[row];
      int p = partner[g];
      if (p == NO_ROW && fillOne == null) {
        continue;
      }
      int place = place(row, p, g);
      if (oneToOne && matched[g]) {
        throw EvaluationFailure.of(
            "multiple matches for labels: many-to-one matching must be explicit"
                + " (group_left/group_right)");
      }
      if (!oneToOne && !inserted.add(((long) g << 32) | place)) {
        throw EvaluationFailure.of(
            "multiple matches for labels: grouping labels must ensure unique matches");
      }
      matched[g] = true;
      FloatHistogram h = manyBlock.histogram(row, k);
      FloatHistogram other = p == NO_ROW ? null : oneBlock.histogram(p, k);
      double y = p == NO_ROW ? fill(fillOne) : oneBlock.values[p * oneBlock.steps + k];
      put(place, k, manyBlock.values[row * manyBlock.steps + k], h, y, other);
    }
    if (fillMany != null) {
      fillMany(oneBlock, k, matched);
    }
  }

  /** Series of the "one" side without any partner get one, with the labels that were matched. */
  private void fillMany(SeriesBlock oneBlock, int k, boolean[] matched) {
    for (int row = 0; row < oneBlock.rows; row++) {
      if (oneBlock.has(row, k) && !matched[oneGroups[row]]) {
        int place = place(NO_ROW, row, oneGroups[row]);
        put(
            place,
            k,
            fill(fillMany),
            null,
            oneBlock.values[row * oneBlock.steps + k],
            oneBlock.histogram(row, k));
      }
    }
  }

  private static double fill(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  private static boolean isEmpty(SeriesBlock block, int k) {
    for (int row = 0; row < block.rows; row++) {
      if (block.has(row, k)) {
        return false;
      }
    }
    return true;
  }

  private void findPartners(SeriesBlock oneBlock, int k, int[] partner) {
    Arrays.fill(partner, NO_ROW);
    for (int row = 0; row < oneBlock.rows; row++) {
      if (!oneBlock.has(row, k)) {
        continue;
      }
      int g = oneGroups[row];
      if (partner[g] != NO_ROW) {
        throw duplicate(g, row, partner[g]);
      }
      partner[g] = row;
    }
  }

  private EvaluationFailure duplicate(int group, int row, int other) {
    Labels a = one.rows().labels(row);
    Labels b = one.rows().labels(other);
    boolean ordered = a.compareTo(b) <= 0;
    return EvaluationFailure.of(
        "found duplicate series for the match group "
            + table.key(group)
            + " on the "
            + (swapped ? "left" : "right")
            + " hand-side of the operation: ["
            + (ordered ? a : b)
            + ", "
            + (ordered ? b : a)
            + "];many-to-many matching not allowed: matching labels must be unique on one side");
  }

  /** The row of the result for a pair, made if it is new. */
  private int place(int manyRow, int oneRow, int group) {
    long pair = ((long) manyRow << 32) ^ (oneRow & 0xFFFFFFFFL);
    Integer known = manyRow == NO_ROW || oneRow == NO_ROW ? null : pairs.get(pair);
    if (known != null) {
      return known;
    }
    Labels a = manyRow == NO_ROW ? table.key(group) : many.rows().labels(manyRow);
    Labels b = oneRow == NO_ROW ? table.key(group) : one.rows().labels(oneRow);
    Labels result = resultLabels.of(a, b);
    Integer place = places.get(result);
    if (place == null) {
      place = labels.size();
      places.put(result, place);
      labels.add(result);
      dropped.add(
          returnBool || (comparison && manyRow != NO_ROW && many.rows().dropsName(manyRow)));
      int steps = many.steps().count();
      ex.guard().take(SeriesBlock.bytes(1, steps) + 128);
      columns.add(new double[steps]);
      bitmaps.add(new long[many.steps().words()]);
    }
    pairs.put(pair, place);
    return place;
  }

  private void put(
      int place,
      int k,
      double x,
      @Nullable FloatHistogram h,
      double y,
      @Nullable FloatHistogram g) {
    cell.clear(1);
    cell.set(0, 0, x);
    kernel.one(cell, 0, 0, swapped ? y : x, swapped ? g : h, swapped ? x : y, swapped ? h : g);
    if (!cell.has(0, 0)) {
      return;
    }
    long[] bits = bitmaps.get(place);
    if ((bits[k >>> 6] & (1L << k)) != 0) {
      throw EvaluationFailure.of(MergeRows.SAME_LABELS);
    }
    bits[k >>> 6] |= 1L << k;
    columns.get(place)[k] = cell.values[0];
    FloatHistogram result = cell.histogram(0, 0);
    if (result != null) {
      histograms.put(((long) place << 32) | k, result);
    }
    ex.guard().hold(1);
  }
}
