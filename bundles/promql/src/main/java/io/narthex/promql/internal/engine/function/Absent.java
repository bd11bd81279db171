package io.narthex.promql.internal.engine.function;

import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.BlockScan;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code absent} and {@code absent_over_time}: 1 where the input has no sample. */
final class Absent extends VectorOperator {

  private final VectorOperator input;
  private final Labels labels;
  private long[] present = new long[0];

  /**
   * @param matchers of the selector that the input is, empty if it is none
   */
  Absent(VectorOperator input, List<LabelMatcher> matchers) {
    super(input.execution(), input.steps());
    this.input = input;
    this.labels = labels(matchers);
  }

  /** What the series would be like: its labels that are matched for equality, and only once. */
  private static Labels labels(List<LabelMatcher> matchers) {
    LabelsBuilder b = new LabelsBuilder();
    Set<String> seen = new HashSet<>();
    for (LabelMatcher m : matchers) {
      if (m.name().equals(Labels.NAME)) {
        continue;
      }
      if (m.type() == LabelMatcher.Type.EQUAL && !seen.contains(m.name())) {
        b.set(m.name(), m.value());
      } else {
        b.remove(m.name());
      }
      seen.add(m.name());
    }
    return b.build();
  }

  @Override
  protected Rows open() {
    long[] bits = new long[steps.words()];
    BlockScan.run(
        input,
        (block, from) -> {
          for (int i = 0; i < block.rows * block.words; i++) {
            bits[i % block.words] |= block.present[i];
          }
        });
    present = bits;
    return Rows.of(ex.naming(), new Labels[] {labels}, true);
  }

  @Override
  public double rowCost() {
    return 0;
  }

  @Override
  public void read(int from, int to, SeriesBlock out) {
    out.clear(to - from);
    for (int k = 0; from == 0 && to > 0 && k < out.steps; k++) {
      if ((present[k >>> 6] & (1L << k)) == 0) {
        out.set(0, k, 1);
      }
    }
  }
}
