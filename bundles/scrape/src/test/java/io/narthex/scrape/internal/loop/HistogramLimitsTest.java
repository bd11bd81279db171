package io.narthex.scrape.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramLimitsTest {

  /** Eight buckets of one observation each side by side. */
  private static Histogram histogram(int schema) {
    return new Histogram(
        CounterResetHint.UNKNOWN,
        schema,
        0.001,
        0,
        8,
        1,
        new int[] {1, 8},
        new int[0],
        new long[] {1, 0, 0, 0, 0, 0, 0, 0},
        new long[0],
        new double[0]);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 8",
    "1, 8",
    "1.002, 8",
    "1.003, 7",
    "1.1, 2",
    "2, 0",
    "2.1, -1",
    "4, -1",
    "16, -2",
    "65536, -4",
    "1e300, -4"
  })
  void takesTheFinestSchemaThatGrowsEnough(double factor, int schema) {
    HistogramLimits limits = new HistogramLimits(0, factor);
    assertThat(limits.within(histogram(8)).schema()).isEqualTo(schema);
    assertThat(limits.within(histogram(8).toFloat()).schema()).isEqualTo(schema);
  }

  @Test
  void makesHistogramsCoarserUntilTheyFit() {
    HistogramLimits limits = new HistogramLimits(3, 0);
    Histogram h = limits.within(histogram(3));
    assertThat(h.schema()).isEqualTo(1);
    assertThat(h.positiveSpans()).containsExactly(1, 2);
    assertThat(h.positiveDeltas()).containsExactly(4, 0);
    FloatHistogram f = limits.within(histogram(3).toFloat());
    assertThat(f.positiveCounts()).containsExactly(4, 4);
    assertThat(new HistogramLimits(8, 0).within(histogram(3)).schema()).isEqualTo(3);
  }

  @Test
  void givesUpAtTheCoarsest() {
    assertThat(new HistogramLimits(1, 0).within(histogram(-4))).isNull();
    Histogram custom =
        new Histogram(
            CounterResetHint.UNKNOWN,
            Histogram.CUSTOM_BUCKETS,
            0,
            0,
            2,
            1,
            new int[] {0, 2},
            new int[0],
            new long[] {1, 0},
            new long[0],
            new double[] {1});
    assertThat(new HistogramLimits(1, 2).within(custom)).isNull();
    assertThat(new HistogramLimits(2, 2).within(custom)).isSameAs(custom);
  }
}
