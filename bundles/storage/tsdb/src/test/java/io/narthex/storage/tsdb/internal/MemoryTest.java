package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.model.Labels;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a series costs, tables and what lies outside the heap counted: with {@code
 * -Dnarthex.stress.series=1000000} at full size.
 */
class MemoryTest {

  private static final int SERIES = Integer.getInteger("narthex.stress.series", 40_000);
  private static final int SAMPLES = 12;
  private static final int LIMIT = 450;

  @TempDir Path dir;

  @Test
  void aSeriesOfTwelveSamplesIsSmall() throws IOException {
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      for (int n = 0; n < SAMPLES; n++) {
        for (int first = 0; first < SERIES; first += 1000) {
          Appender a = db.appender();
          for (int s = first; s < Math.min(SERIES, first + 1000); s++) {
            a.append(a.series(labels(s)), 1_700_000_000_000L + n * 15_000L, 1000.0 * s + n * 7);
          }
          a.commit();
        }
      }
      assertThat(db.head().seriesCount()).isEqualTo(SERIES);
      assertThat(db.head().allocated() / SERIES).isLessThan(LIMIT);
    }
  }

  private static Labels labels(int s) {
    int pod = s / 50;
    return Labels.of(
        "__name__", "metric_number_" + s % 50,
        "cluster", "production",
        "container", "main",
        "instance", "10.0." + pod / 250 + "." + pod % 250 + ":9100",
        "job", "pods-" + pod % 40,
        "namespace", "team-" + pod % 100,
        "node", "node-" + pod / 30,
        "pod", "service-" + pod % 300 + "-" + Integer.toHexString(pod * 7919));
  }
}
