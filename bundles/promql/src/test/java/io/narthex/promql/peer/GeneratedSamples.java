package io.narthex.promql.peer;

import io.narthex.model.GoFloat;
import io.narthex.model.Labels;
import io.narthex.promql.testlang.MemoryStorage;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The same samples for two programs: counters with resets, gaps, odd numbers, histograms. */
final class GeneratedSamples {

  static final long START = 1_700_000_400_000L;
  static final int STEP = 15_000;
  static final int COUNT = 480;

  private final Random random = new Random(7);
  private final Map<String, Map<Labels, double[]>> families = new TreeMap<>();

  GeneratedSamples() {
    for (int instance = 0; instance < 4; instance++) {
      for (String mode : new String[] {"idle", "user", "sys"}) {
        counter("cpu_seconds_total", 1.5, "instance", "i" + instance, "mode", mode);
      }
      gauge("memory_bytes", 1e9, "instance", "i" + instance, "job", "node");
      gauge("temperature", 30, "instance", "i" + instance, "job", instance < 2 ? "a" : "b");
      counter("requests_total", 20, "instance", "i" + instance, "code", "200");
      counter("requests_total", 2, "instance", "i" + instance, "code", "500");
      histogram("latency_seconds", "instance", "i" + instance);
    }
    odd("odd", "kind", "nan", Double.NaN);
    odd("odd", "kind", "inf", Double.POSITIVE_INFINITY);
    odd("odd", "kind", "minus", Double.NEGATIVE_INFINITY);
    // The logarithm of the reference is wrong for subnormal numbers.
    odd("odd", "kind", "tiny", 1e-300);
    odd("odd", "kind", "huge", 1e308);
    double[] info = new double[COUNT];
    java.util.Arrays.fill(info, 1);
    put("build_info", info, "instance", "i0", "version", "1.0");
    put("build_info", info.clone(), "instance", "i1", "version", "1.1");
  }

  private void put(String name, double[] values, String... labels) {
    String[] all = new String[labels.length + 2];
    all[0] = Labels.NAME;
    all[1] = name;
    System.arraycopy(labels, 0, all, 2, labels.length);
    families.computeIfAbsent(name, n -> new TreeMap<>()).put(Labels.of(all), values);
  }

  /** A gap is a negative zero, which no family has otherwise. */
  private static final double GAP = -0.0;

  private static boolean isGap(double v) {
    return v == 0 && 1 / v < 0;
  }

  private void counter(String name, double speed, String... labels) {
    double[] values = new double[COUNT];
    double v = random.nextDouble() * 100;
    boolean gap = false;
    for (int i = 0; i < COUNT; i++) {
      v = random.nextInt(90) == 0 ? random.nextDouble() : v + random.nextDouble() * speed;
      gap = random.nextInt(gap ? 6 : 70) == 0 ? !gap : gap;
      values[i] = gap ? GAP : v;
    }
    put(name, values, labels);
  }

  private void gauge(String name, double scale, String... labels) {
    double[] values = new double[COUNT];
    double v = scale;
    for (int i = 0; i < COUNT; i++) {
      v += (random.nextDouble() - 0.5) * scale / 10;
      values[i] = random.nextInt(40) == 0 ? GAP : v;
    }
    put(name, values, labels);
  }

  private void odd(String name, String label, String value, double number) {
    double[] values = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      values[i] = random.nextInt(5) == 0 ? number : random.nextInt(100);
    }
    put(name, values, label, value);
  }

  private void histogram(String name, String... labels) {
    String[] bounds = {"0.1", "0.5", "1", "5", "+Inf"};
    double[] totals = new double[bounds.length];
    double[][] values = new double[bounds.length][COUNT];
    for (int i = 0; i < COUNT; i++) {
      double sum = 0;
      for (int b = 0; b < bounds.length; b++) {
        sum += random.nextInt(5);
        totals[b] += sum;
        values[b][i] = totals[b];
      }
    }
    for (int b = 0; b < bounds.length; b++) {
      String[] all = new String[labels.length + 2];
      System.arraycopy(labels, 0, all, 0, labels.length);
      all[labels.length] = "le";
      all[labels.length + 1] = bounds[b];
      put(name + "_bucket", values[b], all);
    }
  }

  /** All samples in OpenMetrics text. */
  String text() {
    StringBuilder out = new StringBuilder();
    families.forEach((name, series) ->
        series.forEach((labels, values) -> {
          String head = name + labels.withoutName().toString().replace(", ", ",");
          for (int i = 0; i < COUNT; i++) {
            if (!isGap(values[i])) {
              out.append(head).append(' ').append(GoFloat.sample(values[i]));
              out.append(' ').append((START + (long) i * STEP) / 1000).append('\n');
            }
          }
        }));
    return out.append("# EOF\n").toString();
  }

  /** All samples in a storage. */
  MemoryStorage storage() {
    MemoryStorage storage = new MemoryStorage();
    families.forEach((name, series) ->
        series.forEach((labels, values) -> {
          for (int i = 0; i < COUNT; i++) {
            if (!isGap(values[i])) {
              storage.add(labels, START + (long) i * STEP, values[i]);
            }
          }
        }));
    return storage;
  }
}
