package io.narthex.promql.peer;

import io.narthex.model.Labels;
import io.narthex.model.StaleMarker;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.testlang.MemoryStorage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Samples as they should not be, the same for two programs: counters with resets, gaps, marks of
 * staleness, NaN, infinities, subnormal numbers, native histograms of changing schemas, names in
 * UTF-8, and series that are floats first and histograms later.
 */
final class StrangeSamples {

  static final long START = 1_700_000_400_000L;
  static final int COUNT = 240;
  private static final int STEP = 15_000;
  private static final double[] ODD = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 4.9e-324, 1e-310, 1e308, -0.0, 0
  };

  /** A sample; a histogram if that is not null. */
  private record Sample(
      Labels labels, long time, double value, @Nullable FloatHistogram histogram) {}

  private final Random random;
  private final List<Sample> samples = new ArrayList<>();

  StrangeSamples(long seed) {
    random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      String instance = "i" + i;
      for (String code : new String[] {"200", "500"}) {
        counter(named("requests_total", "instance", instance, "code", code));
      }
      gauge(named("temperature", "instance", instance, "job", i < 2 ? "a" : "b"));
      odd(named("odd", "instance", instance));
      classic("latency_seconds_bucket", instance);
      counter(named("größe.total", "instance", instance, "région", "süd"));
      histogram(named("native_seconds", "instance", instance), i, false);
      histogram(named("native_gauge", "instance", instance), i, true);
      mixed(named("mixed", "instance", instance), i);
    }
    custom(named("custom_seconds", "instance", "i0"), new double[] {0.1, 1, 10});
    // The version at hand does not reconcile bounds that differ.
    custom(named("custom_seconds", "instance", "i1"), new double[] {0.1, 1, 10});
    samples.sort(Comparator.comparingLong(Sample::time));
  }

  private static Labels named(String name, String... labels) {
    String[] all = new String[labels.length + 2];
    all[0] = Labels.NAME;
    all[1] = name;
    System.arraycopy(labels, 0, all, 2, labels.length);
    return Labels.of(all);
  }

  private static long at(int i) {
    return START + (long) i * STEP;
  }

  private void counter(Labels labels) {
    double v = random.nextInt(100);
    boolean gap = false;
    for (int i = 0; i < COUNT; i++) {
      v = random.nextInt(60) == 0 ? random.nextInt(5) : v + random.nextInt(20) / 4.0;
      boolean was = gap;
      gap = random.nextInt(gap ? 8 : 50) == 0 ? !gap : gap;
      if (!gap) {
        samples.add(new Sample(labels, at(i), v, null));
      } else if (!was) {
        samples.add(new Sample(labels, at(i), StaleMarker.VALUE, null));
      }
    }
  }

  private void gauge(Labels labels) {
    double v = 30;
    for (int i = 0; i < COUNT; i++) {
      v += random.nextInt(9) - 4;
      if (random.nextInt(30) > 0) {
        samples.add(new Sample(labels, at(i) + random.nextInt(7), v / 8, null));
      }
    }
  }

  private void odd(Labels labels) {
    for (int i = 0; i < COUNT; i++) {
      double v = random.nextInt(4) == 0 ? ODD[random.nextInt(ODD.length)] : random.nextInt(50);
      samples.add(new Sample(labels, at(i), v, null));
    }
  }

  private void classic(String name, String instance) {
    String[] bounds = {"0.1", "0.5", "1", "5", "+Inf"};
    double[] totals = new double[bounds.length];
    for (int i = 0; i < COUNT; i++) {
      double sum = 0;
      for (int b = 0; b < bounds.length; b++) {
        sum += random.nextInt(5);
        totals[b] += sum;
        samples.add(
            new Sample(named(name, "instance", instance, "le", bounds[b]), at(i), totals[b], null));
      }
    }
  }

  /** Of a counter, every cell grows until all begin anew; a gauge's are what they are. */
  private void histogram(Labels labels, int schema, boolean gauge) {
    double[] positive = new double[6];
    double[] negative = new double[2];
    double zero = 0;
    double sum = 0;
    for (int i = 0; i < COUNT; i++) {
      if (gauge || random.nextInt(70) == 0) {
        positive = new double[6];
        negative = new double[2];
        zero = 0;
        sum = 0;
      }
      for (int b = 0; b < positive.length; b++) {
        positive[b] += random.nextInt(4);
      }
      for (int b = 0; b < negative.length; b++) {
        negative[b] += random.nextInt(2);
      }
      zero += random.nextInt(2);
      sum += random.nextInt(100) / 4.0;
      double count = zero;
      for (double c : positive) {
        count += c;
      }
      for (double c : negative) {
        count += c;
      }
      FloatHistogram h =
          new FloatHistogram(
              gauge ? CounterResetHint.GAUGE : CounterResetHint.UNKNOWN,
              schema,
              0.001,
              zero,
              count,
              sum,
              new int[] {0, 3, 2, 3},
              new int[] {1, 2},
              positive.clone(),
              negative.clone(),
              new double[0]);
      samples.add(new Sample(labels, at(i), 0, h));
    }
  }

  private void custom(Labels labels, double[] bounds) {
    double[] counts = new double[bounds.length + 1];
    double sum = 0;
    for (int i = 0; i < COUNT; i++) {
      double count = 0;
      for (int b = 0; b < counts.length; b++) {
        counts[b] += random.nextInt(4);
        count += counts[b];
      }
      sum += random.nextInt(40) / 4.0;
      FloatHistogram h =
          new FloatHistogram(
              CounterResetHint.UNKNOWN,
              -53,
              0,
              0,
              count,
              sum,
              new int[] {0, counts.length},
              new int[0],
              counts.clone(),
              new double[0],
              bounds);
      samples.add(new Sample(labels, at(i), 0, h));
    }
  }

  /** Floats in the first half, histograms in the second. */
  private void mixed(Labels labels, int schema) {
    int from = samples.size();
    histogram(labels, schema, false);
    for (int i = from; i < from + COUNT / 2; i++) {
      Sample s = samples.get(i);
      samples.set(i, new Sample(labels, s.time(), random.nextInt(30), null));
    }
  }

  /** Sends everything in the order of time. */
  void writeTo(PeerPrometheus peer) throws Exception {
    int batch = 500;
    for (int from = 0; from < samples.size(); from += batch) {
      RemoteWriteRequest request = new RemoteWriteRequest();
      for (Sample s : samples.subList(from, Math.min(samples.size(), from + batch))) {
        FloatHistogram h = s.histogram();
        if (h == null) {
          request.add(s.labels(), s.time(), s.value());
        } else {
          request.add(s.labels(), s.time(), h);
        }
      }
      peer.write(request.compressed());
    }
  }

  MemoryStorage storage() {
    MemoryStorage storage = new MemoryStorage();
    for (Sample s : samples) {
      FloatHistogram h = s.histogram();
      if (h == null) {
        storage.add(s.labels(), s.time(), s.value());
      } else {
        storage.add(s.labels(), s.time(), 0, h, 0);
      }
    }
    return storage;
  }
}
