package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.storage.Querier;
import io.narthex.api.storage.StorageException;
import io.narthex.model.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseRunTest {

  @TempDir Path dir;

  private final FakeMetrics metrics = new FakeMetrics();
  private final LinkedBlockingQueue<TsdbDatabase> published = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<String> retracted = new LinkedBlockingQueue<>();

  private DatabaseRun run() {
    return new DatabaseRun(
        TsdbTestKit.options(dir),
        metrics,
        db -> {
          published.add(db.database());
          return () -> retracted.add("retracted");
        });
  }

  private static CompletableFuture<Void> start(DatabaseRun run) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(() -> {
          try {
            run.execute();
            done.complete(null);
          } catch (Exception e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  private double metric(String name) {
    return metrics.values.get("prometheus_tsdb_" + name).getAsDouble();
  }

  @Test
  void publishesOnceOpenAndLeavesNothingBehind() throws Exception {
    for (int round = 1; round <= 2; round++) {
      DatabaseRun run = run();
      assertThat(run.statistics(5).numSeries()).isZero();
      CompletableFuture<Void> done = start(run);
      TsdbDatabase db = published.take();
      TsdbTestKit.append(db, Labels.of("__name__", "a", "job", "x"), 1000 + round, round);
      TsdbTestKit.append(db, Labels.of("__name__", "a", "job", "y" + round), 1000 + round, round);
      assertThat(run.statistics(5).numSeries()).isEqualTo(round + 1);
      assertThat(run.statistics(5).seriesCountByMetricName().getFirst().name()).isEqualTo("a");
      assertThat(run.statistics(1).labelValueCountByLabelName().getFirst().name()).isEqualTo("job");
      assertThat(run.statistics(9).seriesCountByLabelValuePair())
          .anySatisfy(c -> assertThat(c.name()).isEqualTo("job=x"));
      assertThat(run.replayProgress().current()).isEqualTo(run.replayProgress().max());
      assertThat(metric("head_series")).isEqualTo(round + 1);
      assertThat(metric("head_samples_appended_total")).isEqualTo(2);
      assertThat(metric("clean_start")).isEqualTo(1);
      assertThat(metric("head_max_time")).isEqualTo(1000 + round);
      assertThat(metric("wal_segment_current")).isEqualTo(round - 1);
      run.interrupt();
      run.interrupt();
      done.get();
      assertThat(retracted.poll()).isEqualTo("retracted");
      assertThat(metrics.values).isEmpty();
      assertThat(dir.resolve("lock")).doesNotExist();
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().equals("tsdb wal sync")) {
          // Its work is done; the thread itself may take a moment to go.
          assertThat(thread.join(Duration.ofMinutes(1))).isTrue();
        }
      }
      assertThatThrownBy(() -> db.querier(0, 1)).isInstanceOf(StorageException.class);
    }
  }

  @Test
  void interruptedBeforeItBeginsItPublishesNothing() throws Exception {
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      TsdbTestKit.append(db, Labels.of("__name__", "a"), 1000, 1);
    }
    DatabaseRun run = run();
    run.interrupt();
    start(run).get();
    assertThat(published).isEmpty();
    assertThat(metrics.values).isEmpty();
    assertThat(dir.resolve("lock")).doesNotExist();
  }

  @Test
  void waitsForThoseWhoStillRead() throws Exception {
    DatabaseRun run = run();
    CompletableFuture<Void> done = start(run);
    TsdbDatabase db = published.take();
    TsdbTestKit.append(db, Labels.of("__name__", "a"), 1000, 1);
    Querier q = db.querier(0, 2000);
    run.interrupt();
    assertThat(retracted.poll(60, TimeUnit.SECONDS)).isEqualTo("retracted");
    assertThat(q.labelNames(0, java.util.List.of()).values()).containsExactly("__name__");
    assertThat(done).isNotDone();
    q.close();
    done.get();
  }

  @Test
  void saysWhyItCannotOpen() throws Exception {
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      assertThat(db.cleanStart()).isEqualTo(1);
      assertThatThrownBy(() -> start(run()).get())
          .hasRootCauseInstanceOf(java.nio.channels.OverlappingFileLockException.class)
          .cause()
          .isInstanceOf(IOException.class)
          .hasMessage(
              "opening storage failed: lock DB directory: resource temporarily unavailable");
    }
    assertThat(metrics.values).isEmpty();
  }
}
