package io.narthex.storage.tsdb.internal;

import static io.narthex.storage.tsdb.internal.TsdbTestKit.all;
import static io.narthex.storage.tsdb.internal.TsdbTestKit.append;
import static io.narthex.storage.tsdb.internal.TsdbTestKit.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.storage.StorageException;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.TsdbTestKit.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadDeletionTest {

  private static final Labels A = Labels.of("__name__", "a", "job", "x");
  private static final Labels B = Labels.of("__name__", "b", "job", "x");
  private static final long STEP = 15_000;

  @TempDir Path dir;

  private static void fill(TsdbDatabase db, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      append(db, A, i * STEP, i);
      append(db, B, i * STEP, i);
    }
  }

  private static List<Long> times(TsdbDatabase db, Labels labels) throws IOException {
    return all(db).get(labels).stream().map(Sample::t).map(t -> t / STEP).toList();
  }

  private static List<Long> range(long... bounds) {
    LongStream out = LongStream.empty();
    for (int i = 0; i < bounds.length; i += 2) {
      out = LongStream.concat(out, LongStream.range(bounds[i], bounds[i + 1]));
    }
    return out.boxed().toList();
  }

  @Test
  void hidesSamplesAtOnceAndAfterARestart() throws Exception {
    try (TsdbDatabase db = open(dir)) {
      fill(db, 0, 300);
      db.deleteSeries(100 * STEP, 199 * STEP, List.of(LabelMatcher.equal("__name__", "a")));
      assertThat(times(db, A)).isEqualTo(range(0, 100, 200, 300));
      assertThat(times(db, B)).hasSize(300);
      db.deleteSeries(10 * STEP, 20 * STEP, List.of(LabelMatcher.equal("job", "x")));
      fill(db, 300, 310);
    }
    try (TsdbDatabase db = open(dir)) {
      assertThat(times(db, A)).isEqualTo(range(0, 10, 21, 100, 200, 310));
      assertThat(times(db, B)).isEqualTo(range(0, 10, 21, 310));
    }
  }

  @Test
  void samplesThatComeLaterStay() throws Exception {
    try (TsdbDatabase db = open(dir)) {
      fill(db, 0, 10);
      db.deleteSeries(Long.MIN_VALUE, Long.MAX_VALUE, List.of(LabelMatcher.equal("__name__", "a")));
      fill(db, 10, 20);
      assertThat(times(db, A)).isEqualTo(range(10, 20));
    }
    try (TsdbDatabase db = open(dir)) {
      assertThat(times(db, A)).isEqualTo(range(10, 20));
    }
  }

  @Test
  void outsideOfWhatIsThereNothingIsDeleted() throws Exception {
    try (TsdbDatabase db = open(dir)) {
      fill(db, 10, 20);
      db.deleteSeries(0, 9 * STEP, List.of(LabelMatcher.equal("job", "x")));
      db.deleteSeries(20 * STEP, 99 * STEP, List.of(LabelMatcher.equal("job", "x")));
      db.deleteSeries(15 * STEP, 14 * STEP, List.of(LabelMatcher.equal("job", "x")));
      db.deleteSeries(0, 99 * STEP, List.of(LabelMatcher.equal("job", "y")));
      assertThat(times(db, A)).isEqualTo(range(10, 20));
    }
  }

  @Test
  void aSeriesWithoutSamplesIsLeftAlone() throws Exception {
    try (TsdbDatabase db = open(dir)) {
      assertThat(db.appender().series(A)).isPositive();
      db.deleteSeries(Long.MIN_VALUE, Long.MAX_VALUE, List.of(LabelMatcher.equal("__name__", "a")));
      append(db, A, STEP, 1);
      assertThat(times(db, A)).isEqualTo(range(1, 2));
    }
  }

  @Test
  void aClosedDatabaseIsNotReady() throws Exception {
    TsdbDatabase db = open(dir);
    db.close();
    assertThatThrownBy(() -> db.deleteSeries(0, 1, List.of(LabelMatcher.equal("job", "x"))))
        .isInstanceOf(StorageException.class)
        .hasMessage("TSDB not ready");
  }
}
