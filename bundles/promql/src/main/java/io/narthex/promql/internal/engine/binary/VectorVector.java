package io.narthex.promql.internal.engine.binary;

import io.narthex.model.Labels;
import io.narthex.promql.internal.ast.BinaryOperator;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.ast.VectorMatching;
import io.narthex.promql.internal.ast.VectorMatching.Cardinality;
import io.narthex.promql.internal.engine.data.GroupTable;
import io.narthex.promql.internal.engine.data.Naming;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.Materialized;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An arithmetic operator or comparison between two vectors. Which series go together is found once.
 * Where that is never ambiguous, pairs of rows are computed as they are asked for; else, and where
 * missing series are filled in, a {@link StepwiseMatch} looks at each step for itself.
 */
public final class VectorVector extends VectorOperator {

  private final VectorOperator left;
  private final VectorOperator right;
  private final Expr.Binary node;
  private final BinaryOperator op;
  private final VectorMatching matching;
  private final Position position;

  /** The "many" side, or the left one. */
  private final VectorOperator many;

  private final VectorOperator one;
  private final boolean swapped;
  private final PairKernel kernel;
  private int[] manyRows = new int[0];
  private int[] oneRows = new int[0];
  private @Nullable SeriesBlock oneBlock;
  private @Nullable SeriesBlock stepwise;

  public VectorVector(VectorOperator left, VectorOperator right, Expr.Binary node) {
    super(left.execution(), left.steps());
    VectorMatching m = node.matching();
    if (m == null) {
      throw new IllegalArgumentException("two vectors without a matching");
    }
    this.left = left;
    this.right = right;
    this.node = node;
    this.op = node.operator();
    this.matching = m;
    this.position = node.position();
    this.swapped = m.cardinality() == Cardinality.ONE_TO_MANY;
    this.many = swapped ? right : left;
    this.one = swapped ? left : right;
    this.kernel = new PairKernel(ex, op, node.returnBool(), swapped, position);
  }

  @Override
  protected Rows open() {
    boolean fills = matching.fillLeft() != null || matching.fillRight() != null;
    Rows leftRows = left.rows();
    if (leftRows.size() == 0 && !fills) {
      right.drain();
      return Rows.of(ex.naming(), new Labels[0], true);
    }
    Rows rightRows = right.rows();
    if (rightRows.size() == 0 && !fills) {
      left.drain();
      return Rows.of(ex.naming(), new Labels[0], true);
    }
    GroupTable table = new GroupTable(matching.labels(), !matching.on());
    int[] oneGroups = table.assign(one.rows(), ex.guard());
    int[] manyGroups = table.assign(many.rows(), ex.guard());
    Rows simple = fills ? null : pair(table.size(), manyGroups, oneGroups);
    if (simple != null) {
      return simple;
    }
    StepwiseMatch match =
        new StepwiseMatch(ex, node, matching, kernel, many, one, table, manyGroups, oneGroups);
    stepwise = match.evaluate();
    return match.rows();
  }

  /** The rows of unambiguous pairs; null if any signature is ambiguous. */
  private @Nullable Rows pair(int groups, int[] manyGroups, int[] oneGroups) {
    int[] partner = new int[groups];
    Arrays.fill(partner, -1);
    for (int i = 0; i < oneGroups.length; i++) {
      if (partner[oneGroups[i]] >= 0) {
        return null;
      }
      partner[oneGroups[i]] = i;
    }
    boolean oneToOne = matching.cardinality() == Cardinality.ONE_TO_ONE;
    boolean[] seen = new boolean[groups];
    int[] a = new int[manyGroups.length];
    int[] b = new int[manyGroups.length];
    int n = 0;
    for (int i = 0; i < manyGroups.length; i++) {
      int p = partner[manyGroups[i]];
      if (p < 0) {
        continue;
      }
      if (oneToOne && seen[manyGroups[i]]) {
        return null;
      }
      seen[manyGroups[i]] = true;
      a[n] = i;
      b[n++] = p;
    }
    if (n == 0) {
      left.drain();
      right.drain();
    }
    Rows rows = pairRows(a, b, n, oneToOne);
    if (rows != null) {
      manyRows = Arrays.copyOf(a, n);
      oneRows = Arrays.copyOf(b, n);
      if (!oneToOne) {
        oneBlock = Materialized.of(one);
      }
    }
    return rows;
  }

  private @Nullable Rows pairRows(int[] a, int[] b, int n, boolean oneToOne) {
    ResultLabels result = new ResultLabels(op, matching, node.returnBool(), ex.naming());
    Labels[] labels = new Labels[n];
    boolean[] dropped = new boolean[n];
    Set<Labels> unique = oneToOne ? Set.of() : new HashSet<>(n * 2);
    for (int i = 0; i < n; i++) {
      if ((i & 1023) == 1023) {
        ex.check();
      }
      labels[i] = result.of(many.rows().labels(a[i]), one.rows().labels(b[i]));
      dropped[i] = node.returnBool() || (op.isComparison() && many.rows().dropsName(a[i]));
      if (!oneToOne && !unique.add(labels[i])) {
        return null;
      }
    }
    // One to one, the labels that count for the match are the result's, so none are equal; a name
    // that a comparison keeps does not count and so is not needed to tell them apart.
    return Rows.of(ex.naming(), labels, dropped, oneToOne && Naming.onlyNames(labels));
  }

  @Override
  public double rowCost() {
    return stepwise != null ? steps.count() / 4.0 : many.rowCost() + one.rowCost();
  }

  @Override
  public void read(int from, int to, SeriesBlock out) {
    if (stepwise != null) {
      Materialized.copy(stepwise, from, to, out);
      return;
    }
    out.clear(to - from);
    SeriesBlock other = new SeriesBlock(steps.count());
    SeriesBlock single = new SeriesBlock(steps.count());
    int row = from;
    while (row < to) {
      int end = row + 1;
      while (end < to && manyRows[end] == manyRows[end - 1] + 1) {
        end++;
      }
      many.read(manyRows[row], manyRows[end - 1] + 1, other);
      SeriesBlock held = oneBlock;
      boolean inOrder = held == null && isConsecutive(oneRows, row, end);
      if (inOrder) {
        one.read(oneRows[row], oneRows[end - 1] + 1, single);
      }
      for (int i = row; i < end; i++) {
        out.copy(i - from, other, i - row);
        if (held != null) {
          kernel.apply(out, i - from, held, oneRows[i]);
        } else if (inOrder) {
          kernel.apply(out, i - from, single, i - row);
        } else {
          one.read(oneRows[i], oneRows[i] + 1, single);
          kernel.apply(out, i - from, single, 0);
        }
      }
      row = end;
    }
  }

  private static boolean isConsecutive(int[] rows, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (rows[i] != rows[i - 1] + 1) {
        return false;
      }
    }
    return true;
  }
}
