package io.narthex.promql.internal.engine.aggregate;

import io.narthex.model.GoFloat;
import io.narthex.model.GoQuote;
import io.narthex.model.LabelNames;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.NameValidation;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.EvaluationFailure;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.histogram.HistogramText;
import io.narthex.promql.internal.engine.operator.BlockScan;
import io.narthex.promql.internal.engine.operator.Materialized;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code count_values}: a series for each value that occurs, counting it. */
final class CountValuesOperator extends VectorOperator {

  private final VectorOperator input;
  private final String label;
  private final List<String> labels;
  private final boolean without;
  private SeriesBlock result = new SeriesBlock(1);

  CountValuesOperator(VectorOperator input, String label, List<String> labels, boolean without) {
    super(input.execution(), input.steps());
    if (!LabelNames.isValidLabelName(label, NameValidation.UTF8)) {
      throw EvaluationFailure.of("invalid label name " + GoQuote.quote(label));
    }
    this.input = input;
    this.label = label;
    this.without = without;
    this.labels = labels;
  }

  @Override
  protected Rows open() {
    // A series is grouped as if it had the value's label: by its own one only where it is dropped.
    List<String> others = new ArrayList<>(labels);
    if (without) {
      others.add(label);
    } else {
      others.remove(label);
    }
    boolean keepValue = !without || !labels.contains(label);
    Grouping grouping = new Grouping(ex, input.rows(), others, without);
    Rows groups = grouping.rows();
    Map<Labels, int[]> counts = new HashMap<>();
    List<Labels> order = new ArrayList<>();
    Map<String, Labels>[] known = newMaps(grouping.size());
    BlockScan.run(
        input,
        (block, from) -> {
          for (int row = 0; row < block.rows; row++) {
            int g = grouping.of(from + row);
            for (int k = block.next(row, 0); k >= 0; k = block.next(row, k + 1)) {
              FloatHistogram h = block.histogram(row, k);
              String value =
                  h == null ? GoFloat.f(block.values[row * block.steps + k]) : HistogramText.of(h);
              Labels key = known[g].get(value);
              if (key == null) {
                key = key(groups.base(g), keepValue ? value : "");
                known[g].put(value, key);
              }
              int[] column = counts.get(key);
              if (column == null) {
                ex.guard().take(4L * steps.count() + 256);
                column = new int[steps.count()];
                counts.put(key, column);
                order.add(key);
              }
              column[k]++;
            }
          }
        });
    fill(order, counts);
    return Rows.of(ex.naming(), order.toArray(new Labels[0]), false);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of generic maps cannot be made otherwise
  private static Map<String, Labels>[] newMaps(int n) {
    Map<String, Labels>[] maps = new Map[n];
    for (int i = 0; i < n; i++) {
      maps[i] = new HashMap<>();
    }
    return maps;
  }

  private Labels key(Labels group, String value) {
    return new LabelsBuilder(group).set(label, value).build();
  }

  private void fill(List<Labels> order, Map<Labels, int[]> counts) {
    ex.guard().take(SeriesBlock.bytes(order.size(), steps.count()));
    SeriesBlock out = new SeriesBlock(steps.count());
    out.clear(order.size());
    for (int i = 0; i < order.size(); i++) {
      int[] column = counts.get(order.get(i));
      for (int k = 0; column != null && k < column.length; k++) {
        if (column[k] > 0) {
          out.set(i, k, column[k]);
        }
      }
    }
    ex.guard().hold(out.count());
    result = out;
  }

  @Override
  public double rowCost() {
    return steps.count() / 4.0;
  }

  @Override
  public void read(int from, int to, SeriesBlock out) {
    Materialized.copy(result, from, to, out);
  }
}
