package io.narthex.promql.internal.engine.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.query.QueryEngine.Query;
import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryOrigin;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.QueryResult;
import io.narthex.api.query.RunningQueries.RunningQuery;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.Storage;
import io.narthex.model.Labels;
import io.narthex.promql.internal.engine.ActiveQueries;
import io.narthex.promql.internal.engine.EngineOptions;
import io.narthex.promql.internal.engine.Features;
import io.narthex.promql.internal.engine.PromqlEngine;
import io.narthex.promql.internal.engine.QueryEnvironment;
import io.narthex.promql.testlang.MemoryStorage;
import io.narthex.promql.testlang.NoMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Who waits for whom, what is listed, cancelled and given back. */
final class AdmissionTest {

  private static final Instant NOW = Instant.ofEpochSecond(1000);

  /** A storage whose first reader waits at the gate. */
  private static final class GatedStorage implements Storage {
    final MemoryStorage samples = new MemoryStorage();
    final CountDownLatch arrived = new CountDownLatch(1);
    final CountDownLatch gate = new CountDownLatch(1);

    @Override
    public Appender appender() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Querier querier(long minTime, long maxTime)
        throws io.narthex.api.storage.StorageException {
      if (arrived.getCount() > 0) {
        arrived.countDown();
        try {
          gate.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return samples.querier(minTime, maxTime);
    }

    @Override
    public long startTime() {
      return 0;
    }
  }

  private final GatedStorage storage = new GatedStorage();

  private PromqlEngine engine(long maxBytes, long maxTotalBytes) {
    for (int i = 0; i < 100; i++) {
      for (int j = 0; j < 20; j++) {
        storage.samples.add(Labels.of("__name__", "m", "i", "" + i), j * 1000L, j);
      }
    }
    return new PromqlEngine(
        storage,
        new EngineOptions(300_000, 120_000, 1, 1_000_000, maxBytes, maxTotalBytes, Features.NONE),
        new NoMetrics(),
        ActiveQueries.NONE,
        new QueryEnvironment(() -> 60_000, System::nanoTime, InstantSource.fixed(NOW), 0));
  }

  private static CompletableFuture<QueryResult> start(
      PromqlEngine engine, QueryRequest request, BooleanSupplier abandoned) {
    CompletableFuture<QueryResult> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try (Query query = engine.prepare(request)) {
            result.complete(query.execute(abandoned));
          } catch (QueryException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("waited for a minute").isNegative();
      Thread.onSpinWait();
    }
  }

  @Test
  void rulesDoNotWaitForDashboards() throws Exception {
    try (PromqlEngine engine = engine(1 << 20, 1 << 20)) {
      CompletableFuture<QueryResult> first =
          start(engine, QueryRequest.instant("sum(m)", 5000), () -> false);
      assertThat(storage.arrived.await(60, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<QueryResult> second =
          start(engine, QueryRequest.instant("count(m)", 5000), () -> false);
      await(() -> engine.running().size() == 2);
      List<RunningQuery> running = engine.running();
      assertThat(running.get(0).waiting()).isFalse();
      assertThat(running.get(0).since()).isEqualTo(NOW);
      assertThat(running.get(0).request().expression()).isEqualTo("sum(m)");
      assertThat(running.get(1).waiting()).isTrue();

      QueryRequest rule = QueryRequest.instant("m", 5000).from(new QueryOrigin.Rule("f", "g"));
      assertThat(start(engine, rule, () -> false).get(60, TimeUnit.SECONDS).value())
          .isInstanceOfSatisfying(
              QueryResult.Vector.class, v -> assertThat(v.samples()).hasSize(100));

      assertThat(engine.cancel(running.get(1).id())).isTrue();
      assertThat(engine.cancel(12345)).isFalse();
      assertThatThrownBy(() -> second.get(60, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("query was canceled in expression evaluation");
      storage.gate.countDown();
      first.get(60, TimeUnit.SECONDS);
      await(() -> engine.running().isEmpty());
    }
  }

  @Test
  void aClientThatIsGoneEndsItsQueryInTheQueueAndAtWork() throws Exception {
    try (PromqlEngine engine = engine(1 << 20, 1 << 20)) {
      // Not narrow, so that it is read on another thread, which waits at the gate.
      QueryRequest wide = QueryRequest.instant("sum({__name__=~\"m\"})", 5000);
      AtomicInteger asked = new AtomicInteger();
      CompletableFuture<QueryResult> atWork =
          start(engine, wide, () -> asked.incrementAndGet() > 0);
      assertThat(storage.arrived.await(60, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<QueryResult> queued =
          start(engine, QueryRequest.instant("m", 5000), () -> true);
      assertThatThrownBy(() -> queued.get(60, TimeUnit.SECONDS))
          .hasRootCauseMessage("query was canceled in expression evaluation");
      // The second question comes after the first answer was heeded.
      await(() -> asked.get() > 1);
      storage.gate.countDown();
      assertThatThrownBy(() -> atWork.get(60, TimeUnit.SECONDS))
          .hasRootCauseMessage("query was canceled in expression evaluation");
    }
  }

  @Test
  void memoryIsRefusedAndGivenBack() throws Exception {
    storage.gate.countDown();
    try (PromqlEngine engine = engine(100_000, 150_000)) {
      QueryRequest big = QueryRequest.range("m", 0, 19_000, 100);
      assertThatThrownBy(() -> start(engine, big, () -> false).get(60, TimeUnit.SECONDS))
          .hasRootCauseMessage("query processing would take more than 100000 bytes of memory");
      QueryRequest fits = QueryRequest.range("m", 0, 19_000, 400);
      try (Query held = engine.prepare(fits)) {
        held.execute();
        assertThatThrownBy(() -> start(engine, fits, () -> false).get(60, TimeUnit.SECONDS))
            .hasRootCauseMessage(
                "query processing would take more than the 150000 bytes of memory that all queries"
                    + " share");
      }
      try (Query again = engine.prepare(fits)) {
        assertThat(again.execute().value()).isInstanceOf(QueryResult.Matrix.class);
      }
    }
  }

  @Test
  void anEngineThatClosesEndsItsQueries() throws Exception {
    CompletableFuture<QueryResult> running;
    try (PromqlEngine engine = engine(1 << 20, 1 << 20)) {
      running = start(engine, QueryRequest.range("sum(m)", 0, 19_000, 1), () -> false);
      assertThat(storage.arrived.await(60, TimeUnit.SECONDS)).isTrue();
    }
    storage.gate.countDown();
    assertThatThrownBy(() -> running.get(60, TimeUnit.SECONDS))
        .hasRootCauseMessage("query was canceled in expression evaluation");
  }
}
