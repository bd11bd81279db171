package io.narthex.promql.internal.engine.operator;

import io.narthex.model.Labels;
import io.narthex.promql.internal.engine.EvaluationFailure;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes one series of those that have the same labels, which may be after names were dropped. They
 * must not have samples at the same step. Where no labels are equal, which is nearly always, rows
 * pass through.
 */
public final class MergeRows extends VectorOperator {

  public static final String SAME_LABELS = "vector cannot contain metrics with the same labelset";

  private final VectorOperator input;
  private final boolean strict;
  private @Nullable SeriesBlock merged;

  /**
   * @param strict whether two series with samples may not be merged at all
   */
  public MergeRows(VectorOperator input, boolean strict) {
    super(input.execution(), input.steps());
    this.input = input;
    this.strict = strict;
  }

  @Override
  protected Rows open() {
    Rows rows = input.rows();
    // Names that go only at the end keep series apart until then.
    if (!(input instanceof MayRepeat) && (rows.oneName() || rows.naming().delayed())) {
      return rows;
    }
    int n = rows.size();
    Map<Labels, Integer> places = new HashMap<>(n * 2);
    int[] target = new int[n];
    int[] first = new int[n];
    for (int i = 0; i < n; i++) {
      if ((i & 1023) == 1023) {
        ex.check();
      }
      int fresh = places.size();
      Integer known = places.putIfAbsent(rows.labels(i), fresh);
      target[i] = known == null ? fresh : known;
      if (known == null) {
        first[fresh] = i;
      }
    }
    if (places.size() == n) {
      return rows;
    }
    merge(target, places.size());
    return rows.pick(first, places.size());
  }

  private void merge(int[] target, int size) {
    ex.guard().take(SeriesBlock.bytes(size, steps.count()));
    SeriesBlock all = new SeriesBlock(steps.count());
    all.clear(size);
    boolean[] taken = new boolean[size];
    BlockScan.run(
        input,
        (block, from) -> {
          for (int row = 0; row < block.rows; row++) {
            if (!block.isEmpty(row)) {
              int t = target[from + row];
              if (taken[t] && strict) {
                throw EvaluationFailure.of(SAME_LABELS);
              }
              taken[t] = true;
              add(all, t, block, row);
            }
          }
        });
    merged = all;
  }

  /** Adds the samples of a row to another, which must not have any at the same steps. */
  public static void add(SeriesBlock all, int target, SeriesBlock block, int row) {
    for (int k = block.next(row, 0); k >= 0; k = block.next(row, k + 1)) {
      if (all.has(target, k)) {
        throw EvaluationFailure.of(SAME_LABELS);
      }
      var histogram = block.histogram(row, k);
      if (histogram == null) {
        all.set(target, k, block.values[row * block.steps + k]);
      } else {
        all.set(target, k, histogram);
      }
    }
  }

  @Override
  public double rowCost() {
    return merged == null ? input.rowCost() : steps.count();
  }

  @Override
  public void read(int from, int to, SeriesBlock out) {
    SeriesBlock all = merged;
    if (all == null) {
      input.read(from, to, out);
      return;
    }
    Materialized.copy(all, from, to, out);
  }

  /** An operator whose rows may have the same labels even if their names stay. */
  public interface MayRepeat {}
}
