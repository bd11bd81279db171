package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.SeriesSet;
import io.narthex.model.Labels;
import io.narthex.model.StaleMarker;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Native histograms through head, log and cursor. */
class HistogramTest {

  private static final long T = 1_700_000_000_000L;
  private static final Labels H = Labels.of("__name__", "h");

  @TempDir Path dir;

  /** What a sample says, whatever its spans: schema, counts and the buckets that are not empty. */
  private static String text(FloatHistogram h) {
    if (h.isStale()) {
      return "stale";
    }
    return h.schema()
        + " "
        + h.zeroThreshold()
        + " "
        + h.zeroCount()
        + " "
        + h.count()
        + " "
        + h.sum()
        + " "
        + buckets(h.positiveSpans(), h.positiveCounts())
        + " "
        + buckets(h.negativeSpans(), h.negativeCounts())
        + " "
        + java.util.Arrays.toString(h.customValues());
  }

  private static Map<Integer, Double> buckets(int[] spans, double[] counts) {
    Map<Integer, Double> out = new TreeMap<>();
    int index = 0;
    int n = 0;
    for (int i = 0; i < spans.length; i += 2) {
      index += spans[i];
      for (int k = 0; k < spans[i + 1]; k++) {
        if (counts[n] != 0) {
          out.put(index, counts[n]);
        }
        n++;
        index++;
      }
    }
    assertThat(n).isEqualTo(counts.length);
    return out;
  }

  private static List<String> read(TsdbDatabase db, long from, int capacity) throws IOException {
    List<String> out = new ArrayList<>();
    SampleBatch batch = new SampleBatch(capacity);
    try (Querier q = db.querier(from, Long.MAX_VALUE)) {
      SeriesSet set = q.select(SelectHints.samples(from, Long.MAX_VALUE, true), List.of());
      while (set.next()) {
        SampleCursor cursor = set.current().cursor(null);
        while (cursor.next(batch)) {
          for (int i = 0; i < batch.size; i++) {
            FloatHistogram h = batch.histograms == null ? null : batch.histograms[i];
            out.add(batch.timestamps[i] + ": " + (h == null ? "" + batch.values[i] : text(h)));
          }
        }
      }
    }
    return out;
  }

  /** A counter or gauge histogram whose buckets grow, and come and go. */
  private static final class Source {
    final Random random;
    final TreeMap<Integer, Long> positive = new TreeMap<>();
    final TreeMap<Integer, Long> negative = new TreeMap<>();
    int schema;
    double threshold = 0.001;
    long zero;
    double sum;

    Source(Random random) {
      this.random = random;
    }

    Histogram next(boolean gauge) {
      int change = random.nextInt(25);
      if (change == 0) {
        positive.clear();
        negative.clear();
        zero = 0;
      } else if (change == 1) {
        schema = random.nextInt(4);
      } else if (change == 2) {
        threshold = random.nextBoolean() ? 0.25 : random.nextDouble();
      } else if (gauge && !positive.isEmpty()) {
        positive.pollFirstEntry();
      }
      for (int i = random.nextInt(5); i > 0; i--) {
        positive.merge(random.nextInt(40) - 20, 1L + random.nextInt(1000), Long::sum);
        negative.merge(random.nextInt(10), 1L, Long::sum);
      }
      zero += random.nextInt(3);
      sum += random.nextGaussian();
      long count = zero;
      for (long c : positive.values()) {
        count += c;
      }
      for (long c : negative.values()) {
        count += c;
      }
      return new Histogram(
          gauge ? CounterResetHint.GAUGE : CounterResetHint.UNKNOWN,
          schema,
          threshold,
          zero,
          count,
          sum,
          spans(positive),
          spans(negative),
          deltas(positive),
          deltas(negative),
          new double[0]);
    }

    private static int[] spans(TreeMap<Integer, Long> buckets) {
      List<Integer> out = new ArrayList<>();
      int next = 0;
      for (int index : buckets.keySet()) {
        out.add(index - next);
        out.add(1);
        next = index + 1;
      }
      return out.stream().mapToInt(i -> i).toArray();
    }

    private static long[] deltas(TreeMap<Integer, Long> buckets) {
      long before = 0;
      List<Long> out = new ArrayList<>();
      for (long c : buckets.values()) {
        out.add(c - before);
        before = c;
      }
      return out.stream().mapToLong(l -> l).toArray();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void keepsWhatWasAppended(long seed) throws IOException {
    Random random = new Random(seed);
    Source source = new Source(random);
    List<String> expected = new ArrayList<>();
    boolean gauge = seed % 2 == 0;
    TsdbDatabase db = TsdbTestKit.open(dir);
    try {
      for (int i = 0; i < 1500; i++) {
        long t = T + i * 15_000L + random.nextInt(1000);
        Appender a = db.appender();
        long ref = a.series(H);
        switch (random.nextInt(40)) {
          case 0 -> {
            assertThat(a.append(ref, t, (double) i)).isEqualTo(Outcome.STORED);
            expected.add(t + ": " + (double) i);
          }
          case 1 -> {
            boolean first = expected.isEmpty() || !expected.getLast().contains(" [");
            assertThat(a.append(ref, t, StaleMarker.VALUE)).isEqualTo(Outcome.STORED);
            expected.add(t + ": " + (first && !isStale(expected) ? "" + Double.NaN : "stale"));
          }
          case 2, 3, 4 -> {
            FloatHistogram h = source.next(gauge).toFloat();
            assertThat(a.append(ref, t, h)).isEqualTo(Outcome.STORED);
            expected.add(t + ": " + text(h));
          }
          default -> {
            Histogram h = source.next(gauge);
            assertThat(a.append(ref, t, h)).as(a.explanation()).isEqualTo(Outcome.STORED);
            expected.add(t + ": " + text(h.toFloat()));
          }
        }
        a.commit();
        if (random.nextInt(300) == 0) {
          db.close();
          db = TsdbTestKit.open(dir);
        }
      }
      assertThat(read(db, 0, 256)).isEqualTo(expected);
      assertThat(read(db, 0, 7)).isEqualTo(expected);
      int from = 700;
      long start = Long.parseLong(expected.get(from).substring(0, expected.get(from).indexOf(':')));
      assertThat(read(db, start, 100)).isEqualTo(expected.subList(from, expected.size()));
    } finally {
      db.close();
    }
  }

  private static boolean isStale(List<String> samples) {
    return !samples.isEmpty() && samples.getLast().endsWith("stale");
  }

  @Test
  void refusesWhatIsNotSound() throws IOException {
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      Appender a = db.appender();
      long ref = a.series(H);
      Histogram wrongCount = histogram(0, 5, new int[] {0, 1}, new long[] {4});
      assertThat(a.append(ref, T, wrongCount)).isEqualTo(Outcome.INVALID);
      assertThat(a.explanation())
          .isEqualTo(
              "4 observations found in buckets, but the Count field is 5: histogram's observation"
                  + " count should equal the number of observations found in the buckets (in"
                  + " absence of NaN)");
      assertThat(a.append(ref, T, histogram(-5, 4, new int[] {0, 1}, new long[] {4})))
          .isEqualTo(Outcome.INVALID);
      assertThat(a.append(ref, T, histogram(99, 4, new int[] {0, 1}, new long[] {4})))
          .isEqualTo(Outcome.INVALID);
      assertThat(a.append(ref, T, histogram(0, 4, new int[] {0, 2}, new long[] {4})))
          .isEqualTo(Outcome.INVALID);
      assertThat(a.append(ref, T, histogram(0, -4, new int[] {0, 1}, new long[] {-4})))
          .isEqualTo(Outcome.INVALID);
      assertThat(a.append(ref, T, histogram(0, 4, new int[] {0, 1}, new long[] {4})))
          .isEqualTo(Outcome.STORED);
      a.commit();
      a = db.appender();
      assertThat(a.append(ref, T, histogram(0, 4, new int[] {0, 1}, new long[] {4})))
          .isEqualTo(Outcome.STORED);
      assertThat(a.append(ref, T, histogram(0, 5, new int[] {0, 1}, new long[] {5})))
          .isEqualTo(Outcome.DUPLICATE);
      assertThat(a.append(ref, T, 1.0)).isEqualTo(Outcome.DUPLICATE);
      assertThat(a.explanation())
          .isEqualTo(
              "duplicate sample for timestamp 1700000000000; overrides not allowed: existing is a"
                  + " histogram, new value 1");
      assertThat(a.append(ref, T - 1, histogram(0, 5, new int[] {0, 1}, new long[] {5})))
          .isEqualTo(Outcome.OUT_OF_ORDER);
      a.rollback();
    }
  }

  @Test
  void makesFinerSchemasCoarser() throws IOException {
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      Appender a = db.appender();
      Histogram fine = histogram(10, 10, new int[] {-3, 4, 2, 2}, new long[] {1, 0, 0, 0, 2, 0});
      assertThat(a.append(a.series(H), T, fine)).isEqualTo(Outcome.STORED);
      a.commit();
      // -3…0 and 3, 4 at schema 10 are 0 and 1 at schema 8: four observations, and six.
      assertThat(read(db, 0, 10)).containsExactly(T + ": 8 0.0 0.0 10.0 1.0 {0=4.0, 1=6.0} {} []");
    }
  }

  private static Histogram histogram(int schema, long count, int[] spans, long[] deltas) {
    return new Histogram(
        CounterResetHint.UNKNOWN,
        schema,
        0,
        0,
        count,
        1,
        spans,
        new int[0],
        deltas,
        new long[0],
        new double[0]);
  }
}
