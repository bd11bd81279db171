package io.narthex.promql.internal.engine.function;

import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.EvaluationFailure;
import io.narthex.promql.internal.engine.data.GroupTable;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.Materialized;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code info}: adds the labels of info series that have the same {@code instance} and {@code job},
 * at each step those of the newest ones.
 */
final class InfoOperator extends VectorOperator {

  private static final List<String> IDENTIFYING = List.of("instance", "job");

  private final VectorOperator base;
  private final VectorOperator info;
  private final VectorOperator infoTimes;
  private final List<LabelMatcher> names;
  private final List<LabelMatcher> data;
  private final List<Labels> labels = new ArrayList<>();
  private final List<Boolean> dropped = new ArrayList<>();
  private final List<double[]> columns = new ArrayList<>();
  private final List<long[]> bitmaps = new ArrayList<>();
  private final Map<Long, FloatHistogram> histograms = new HashMap<>();
  private SeriesBlock times = new SeriesBlock(1);
  private SeriesBlock result = new SeriesBlock(1);

  /**
   * @param names matchers of the info metrics' names
   * @param data matchers of the labels to copy; all are copied if there are none
   */
  InfoOperator(
      VectorOperator base,
      VectorOperator info,
      VectorOperator infoTimes,
      List<LabelMatcher> names,
      List<LabelMatcher> data) {
    super(base.execution(), base.steps());
    this.base = base;
    this.info = info;
    this.infoTimes = infoTimes;
    this.names = List.copyOf(names);
    this.data = List.copyOf(data);
  }

  @Override
  protected Rows open() {
    SeriesBlock samples = Materialized.of(base);
    Rows rows = base.rows();
    checkInfoSamples();
    times = Materialized.of(infoTimes);
    GroupTable table = new GroupTable(IDENTIFYING, false);
    Map<Integer, Map<String, List<Integer>>> byGroup = infoByGroup(table);
    boolean required = data.stream().anyMatch(m -> !m.matchesEmpty());
    for (int row = 0; row < samples.rows; row++) {
      ex.check();
      Labels own = rows.base(row);
      boolean plain = isInfo(own) || IDENTIFYING.stream().allMatch(name -> own.get(name).isEmpty());
      Map<String, List<Integer>> candidates =
          plain ? Map.of() : byGroup.getOrDefault(table.group(own, false), Map.of());
      row(samples, row, rows, candidates, required && !plain);
    }
    return finish();
  }

  private void checkInfoSamples() {
    SeriesBlock values = Materialized.of(info);
    for (int row = 0; row < values.rows; row++) {
      if (values.hasHistograms(row)) {
        throw EvaluationFailure.of(
            "this should be an info metric, with float samples: " + info.rows().base(row));
      }
    }
  }

  /** Whether a series is an info series itself, and so gets no labels. */
  private boolean isInfo(Labels own) {
    String name = own.metricName();
    for (LabelMatcher m : names) {
      if (!m.matches(name)) {
        return false;
      }
    }
    return true;
  }

  private Map<Integer, Map<String, List<Integer>>> infoByGroup(GroupTable table) {
    Map<Integer, Map<String, List<Integer>>> byGroup = new HashMap<>();
    for (int i = 0; i < infoTimes.rows().size(); i++) {
      Labels l = infoTimes.rows().base(i);
      byGroup
          .computeIfAbsent(table.group(l, false), g -> new HashMap<>())
          .computeIfAbsent(l.metricName(), n -> new ArrayList<>())
          .add(i);
    }
    return byGroup;
  }

  private void row(
      SeriesBlock samples,
      int row,
      Rows rows,
      Map<String, List<Integer>> candidates,
      boolean required) {
    Map<List<Integer>, Integer> places = new HashMap<>();
    for (int k = samples.next(row, 0); k >= 0; k = samples.next(row, k + 1)) {
      List<Integer> chosen = new ArrayList<>();
      for (List<Integer> sameName : candidates.values()) {
        int newest = newest(sameName, k);
        if (newest >= 0) {
          chosen.add(newest);
        }
      }
      if (chosen.isEmpty() && required) {
        continue;
      }
      Integer place = places.get(chosen);
      if (place == null) {
        place = add(enrich(rows.labels(row), chosen), rows.dropsName(row));
        places.put(chosen, place);
      }
      var histogram = samples.histogram(row, k);
      if (histogram != null) {
        histograms.put(((long) place << 32) | k, histogram);
      }
      columns.get(place)[k] = samples.values[row * samples.steps + k];
      bitmaps.get(place)[k >>> 6] |= 1L << k;
    }
  }

  /** The info series with the newest sample at a step, -1 if there is none. */
  private int newest(List<Integer> series, int k) {
    int best = -1;
    for (int i : series) {
      if (!times.has(i, k)) {
        continue;
      }
      double t = times.values[i * times.steps + k];
      double b = best < 0 ? 0 : times.values[best * times.steps + k];
      if (best >= 0 && t == b) {
        throw EvaluationFailure.of(
            "found duplicate series for info metric: existing "
                + infoTimes.rows().base(best)
                + " @ "
                + Math.round(b * 1000)
                + ", new "
                + infoTimes.rows().base(i)
                + " @ "
                + Math.round(t * 1000));
      }
      if (best < 0 || t > b) {
        best = i;
      }
    }
    return best;
  }

  private Labels enrich(Labels own, List<Integer> chosen) {
    LabelsBuilder out = new LabelsBuilder(own);
    for (int i : chosen) {
      Labels l = infoTimes.rows().base(i);
      for (int j = 0; j < l.size(); j++) {
        String name = l.name(j);
        if (name.equals(Labels.NAME)
            || IDENTIFYING.contains(name)
            || own.has(name)
            || !wanted(name)) {
          continue;
        }
        String before = out.get(name);
        if (!before.isEmpty() && !before.equals(l.value(j))) {
          throw EvaluationFailure.of("conflicting label: " + name);
        }
        out.set(name, l.value(j));
      }
    }
    return out.build();
  }

  private boolean wanted(String label) {
    return data.isEmpty() || data.stream().anyMatch(m -> m.name().equals(label));
  }

  private int add(Labels l, boolean drop) {
    ex.guard().take(SeriesBlock.bytes(1, steps.count()) + 128);
    labels.add(l);
    dropped.add(drop);
    columns.add(new double[steps.count()]);
    bitmaps.add(new long[steps.words()]);
    return labels.size() - 1;
  }

  private Rows finish() {
    int n = labels.size();
    SeriesBlock out = new SeriesBlock(steps.count());
    out.clear(n);
    boolean[] drop = new boolean[n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(columns.get(i), 0, out.values, i * out.steps, out.steps);
      System.arraycopy(bitmaps.get(i), 0, out.present, i * out.words, out.words);
      drop[i] = dropped.get(i) && ex.naming().delayed();
    }
    histograms.forEach((at, h) -> out.set((int) (at >> 32), at.intValue(), h));
    histograms.clear();
    columns.clear();
    bitmaps.clear();
    result = out;
    return Rows.of(ex.naming(), labels.toArray(new Labels[0]), drop, false);
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
