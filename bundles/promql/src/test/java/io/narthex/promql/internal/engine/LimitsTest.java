package io.narthex.promql.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.query.QueryEngine.Query;
import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageException;
import io.narthex.model.Labels;
import io.narthex.promql.internal.engine.admission.MemoryBudget;
import io.narthex.promql.internal.engine.admission.QueryPlaces;
import io.narthex.promql.testlang.Engines;
import io.narthex.promql.testlang.MemoryStorage;
import io.narthex.promql.testlang.NoMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A query that asks for too much ends with the reference's words. */
final class LimitsTest {

  private static MemoryStorage storage(int series, int samples) {
    MemoryStorage storage = new MemoryStorage();
    for (int i = 0; i < series; i++) {
      Labels labels = Labels.of("__name__", "m", "i", "" + i);
      for (int j = 0; j < samples; j++) {
        storage.add(labels, j * 1000L, j);
      }
    }
    return storage;
  }

  private static PromqlEngine engine(
      MemoryStorage storage, long maxSamples, int concurrency, AtomicLong clock) {
    return new PromqlEngine(
        storage,
        Engines.options(maxSamples, concurrency),
        new NoMetrics(),
        ActiveQueries.NONE,
        new QueryEnvironment(
            () -> 60_000,
            clock == null ? System::nanoTime : clock::get,
            InstantSource.system(),
            0));
  }

  private static QueryException failure(PromqlEngine engine, QueryRequest request) {
    try (Query query = engine.prepare(request)) {
      query.execute();
      throw new AssertionError("no failure of " + request.expression());
    } catch (QueryException e) {
      return e;
    }
  }

  @Test
  void tooManySamplesAreRefused() {
    try (PromqlEngine engine = engine(storage(10, 100), 500, 20, null)) {
      String text = "query processing would load too many samples into memory in query execution";
      for (QueryRequest request :
          new QueryRequest[] {
            QueryRequest.range("m", 0, 99_000, 1000),
            QueryRequest.instant("m[100s]", 99_000),
            QueryRequest.instant("sum_over_time(m[10y:1ms])", 99_000),
            QueryRequest.instant("sum_over_time(vector(1)[100y:1s])", 99_000),
            QueryRequest.range("1", 0, 1_000_000_000_000L, 1)
          }) {
        QueryException e = failure(engine, request);
        assertThat(e.kind()).isEqualTo(QueryException.Kind.EXECUTION);
        assertThat(e).as(request.expression()).hasMessage(text);
      }
    }
  }

  @Test
  void aLongQueryTimesOut() {
    AtomicLong clock = new AtomicLong();
    MemoryStorage storage = storage(3, 100);
    try (PromqlEngine engine =
        new PromqlEngine(
            storage,
            Engines.options(1000, 20),
            new NoMetrics(),
            ActiveQueries.NONE,
            new QueryEnvironment(
                () -> 60_000,
                () -> clock.addAndGet(TimeUnit.SECONDS.toNanos(20)),
                InstantSource.system(),
                0))) {
      QueryException e = failure(engine, QueryRequest.instant("sum(m)", 5000));
      assertThat(e.kind()).isEqualTo(QueryException.Kind.TIMEOUT);
      assertThat(e).hasMessage("query timed out in expression evaluation");
    }
  }

  @Test
  void aCancelledQueryEnds() throws QueryException {
    try (PromqlEngine engine = engine(storage(3, 10), 1000, 20, null);
        Query query = engine.prepare(QueryRequest.instant("m", 5000))) {
      query.cancel();
      assertThatThrownBy(query::execute)
          .isInstanceOfSatisfying(
              QueryException.class,
              e -> assertThat(e.kind()).isEqualTo(QueryException.Kind.CANCELED))
          .hasMessage("query was canceled in expression evaluation");
    }
  }

  @Test
  void moreQueriesThanPlacesWaitAndCanBeCancelledThere() throws Exception {
    QueryPlaces places = new QueryPlaces(1);
    places.enter(new Guard(System::nanoTime, 1, 1, new MemoryBudget(1)), () -> false);
    Guard waiting = new Guard(System::nanoTime, 1, 1, new MemoryBudget(1));
    CompletableFuture<Void> second =
        CompletableFuture.runAsync(() -> places.enter(waiting, () -> false));
    while (places.queries() < 2) {
      Thread.onSpinWait();
    }
    waiting.cancel();
    assertThatThrownBy(() -> second.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("query was canceled in expression evaluation");
    Guard third = new Guard(System::nanoTime, 1, 1, new MemoryBudget(1));
    CompletableFuture<Void> next =
        CompletableFuture.runAsync(() -> places.enter(third, () -> false));
    places.leave();
    next.get(60, TimeUnit.SECONDS);
    assertThat(places.queries()).isEqualTo(1);
  }

  @Test
  void deepNestingEndsOrdinarily() {
    try (PromqlEngine engine = engine(storage(1, 10), 1000, 20, null)) {
      String deep = "(".repeat(100_000) + "1" + ")".repeat(100_000);
      assertThatThrownBy(() -> engine.prepare(QueryRequest.instant(deep, 0)))
          .isInstanceOf(QueryException.class);
      QueryException e = failure(engine, QueryRequest.instant("m" + "+m".repeat(900_000), 0));
      assertThat(e.kind()).isIn(QueryException.Kind.BAD_DATA, QueryException.Kind.EXECUTION);
    }
  }

  @Test
  void activeQueriesAreInTheFileUntilTheyEnd(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("queries.active");
    InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(42));
    try (ActiveQueryFile file = new ActiveQueryFile(folder, 3, clock)) {
      assertThat(Files.size(path)).isEqualTo(3001);
      try (ActiveQueries.Entry first = file.insert("up{a=\"b\"}");
          ActiveQueries.Entry second = file.insert("é".repeat(5000))) {
        String text = Files.readString(path);
        assertThat(text).startsWith("[{\"query\":\"up{a=\\\"b\\\"}\",\"timestamp_sec\":42}\0");
        byte[] bytes = Files.readAllBytes(path);
        assertThat(bytes[1000]).isEqualTo((byte) ',');
        assertThat(new String(bytes, 1001, 999, StandardCharsets.UTF_8))
            .contains("\",\"timestamp_sec\":42}")
            .doesNotContain("\uFFFD");
        assertThat(first).isNotSameAs(second);
      }
      assertThat(Files.readAllBytes(path)).containsOnly((byte) '[', (byte) 0);
    }
  }

  @Test
  void aFailureOfTheStorageIsToldAsSuch() {
    Storage broken =
        new Storage() {
          @Override
          public io.narthex.api.storage.Appender appender() {
            throw new UnsupportedOperationException();
          }

          @Override
          public io.narthex.api.storage.Querier querier(long minTime, long maxTime)
              throws StorageException {
            if (minTime < 0) {
              throw new IllegalStateException("a bug");
            }
            throw new StorageException(StorageException.Kind.IO, "cannot read chunks/000001");
          }

          @Override
          public long startTime() {
            return 0;
          }
        };
    try (PromqlEngine engine =
        new PromqlEngine(
            broken,
            Engines.options(1000, 20),
            new NoMetrics(),
            ActiveQueries.NONE,
            new QueryEnvironment(() -> 60_000, System::nanoTime, InstantSource.system(), 0))) {
      QueryException e = failure(engine, QueryRequest.instant("m", 10_000_000));
      assertThat(e.kind()).isEqualTo(QueryException.Kind.INTERNAL);
      assertThat(e).hasMessage("expanding series: cannot read chunks/000001");
      QueryException bug = failure(engine, QueryRequest.instant("m", 0));
      assertThat(bug.kind()).isEqualTo(QueryException.Kind.EXECUTION);
      assertThat(bug).hasMessageStartingWith("unexpected error: ");
    }
  }
}
