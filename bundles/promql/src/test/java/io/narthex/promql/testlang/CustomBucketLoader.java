package io.narthex.promql.testlang;

import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Makes native histograms with custom buckets of the classic ones that are loaded. */
final class CustomBucketLoader {

  /** One classic histogram at one time. */
  private static final class Parts {
    private final TreeMap<Double, Double> buckets = new TreeMap<>();
    private double sum;
    private double count = Double.NaN;
  }

  private final Map<Labels, TreeMap<Long, Parts>> all = new LinkedHashMap<>();

  void add(Labels labels, long time, double value) {
    String name = labels.metricName();
    int cut = name.lastIndexOf('_');
    if (cut < 0) {
      return;
    }
    Labels base =
        new LabelsBuilder(labels).set(Labels.NAME, name.substring(0, cut)).remove("le").build();
    switch (name.substring(cut)) {
      case "_bucket" -> {
        double le = bound(labels.get("le"));
        if (!Double.isNaN(le)) {
          parts(base, time).buckets.put(le, value);
        }
      }
      case "_sum" -> parts(base, time).sum = value;
      case "_count" -> parts(base, time).count = value;
      default -> {}
    }
  }

  private static double bound(String le) {
    try {
      return Double.parseDouble(le.replace("Inf", "Infinity"));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private Parts parts(Labels base, long time) {
    return all.computeIfAbsent(base, l -> new TreeMap<>()).computeIfAbsent(time, t -> new Parts());
  }

  void store(MemoryStorage storage) {
    all.forEach((labels, times) ->
        times.forEach((time, parts) -> {
          FloatHistogram h = histogram(parts);
          if (h != null) {
            storage.add(labels, time, 0, h, 0);
          }
        }));
  }

  private static FloatHistogram histogram(Parts parts) {
    if (parts.buckets.isEmpty()) {
      return null;
    }
    double last = parts.buckets.lastEntry().getValue();
    double count = Double.isNaN(parts.count) ? last : parts.count;
    parts.buckets.putIfAbsent(Double.POSITIVE_INFINITY, count);
    double[] custom =
        parts.buckets.keySet().stream()
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .toArray();
    double[] counts = new double[custom.length + 1];
    double before = 0;
    int i = 0;
    for (double cumulative : parts.buckets.values()) {
      if (cumulative < before) {
        return null;
      }
      counts[i++] = cumulative - before;
      before = cumulative;
    }
    return new FloatHistogram(
        CounterResetHint.UNKNOWN,
        Histogram.CUSTOM_BUCKETS,
        0,
        0,
        count,
        parts.sum,
        new int[] {0, counts.length},
        new int[0],
        counts,
        new double[0],
        custom);
  }
}
