package io.narthex.itest.framework;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;

/** Actors that fail, and what becomes of the others and of the process. */
final class ActorFailureTest {
  @TempDir Path folder;

  private final List<String> events = new CopyOnWriteArrayList<>();

  /** Registers an actor that works until it is interrupted, or fails when the test says so. */
  private CountDownLatch actor(
      RunningFramework framework,
      String name,
      int stage,
      boolean critical,
      CompletableFuture<?> failure) {
    CountDownLatch running = new CountDownLatch(1);
    Semaphore interrupts = new Semaphore(0);
    ServiceRegistration<?> registration =
        framework.register(
            "lifecycle.Actor",
            Map.of(
                "execute",
                (self, method, args) -> {
                  running.countDown();
                  if (failure != null) {
                    failure.get();
                  }
                  interrupts.acquire();
                  events.add(name);
                  return null;
                },
                "interrupt",
                (self, method, args) -> {
                  interrupts.release();
                  return null;
                }),
            Map.of("actor.name", name, "actor.stage", stage, "actor.critical", critical));
    assertThat(registration).isNotNull();
    return running;
  }

  @Test
  void anActorThatThrowsEndsTheProcessWith1AndTheOthersInOrder() throws Exception {
    try (RunningFramework framework = new RunningFramework.Setup(folder).start()) {
      CompletableFuture<Void> failure = new CompletableFuture<>();
      assertThat(
              List.of(
                  actor(framework, "low", 50, true, null),
                  actor(framework, "high", 950, true, null),
                  actor(framework, "middle", 650, true, null),
                  actor(framework, "faulty", 350, true, failure)))
          .allSatisfy(running -> assertThat(running.await(60, TimeUnit.SECONDS)).isTrue());
      Await.until(
          "the actors",
          framework::runningActors,
          names -> names.containsAll(List.of("termination handler", "low", "faulty")));
      failure.completeExceptionally(new IOException("disk full"));
      assertThat(framework.awaitExit()).isEqualTo(1);
      assertThat(events).containsExactly("high", "middle", "low");
    }
  }

  @Test
  void anActorThatIsNotCriticalFailsAlone() throws Exception {
    try (RunningFramework framework = new RunningFramework.Setup(folder).start()) {
      EndState.settled(framework);
      CompletableFuture<Void> failure = new CompletableFuture<>();
      assertThat(actor(framework, "plugin", 900, false, failure).await(60, TimeUnit.SECONDS))
          .isTrue();
      List<String> before = framework.runningActors();
      failure.completeExceptionally(new IOException("no route"));
      Await.until(
          "the restart",
          () ->
              ((List<?>) Reflect.call(framework.service("lifecycle.RunGroup"), "actors"))
                  .stream()
                      .filter(a -> Reflect.call(a, "name").equals("plugin"))
                      .mapToInt(a -> (Integer) Reflect.call(a, "restarts"))
                      .sum(),
          restarts -> restarts > 0);
      assertThat(before).contains("termination handler");
      List<String> others = before.stream().filter(name -> !name.equals("plugin")).toList();
      Await.until("the others", framework::runningActors, names -> names.containsAll(others));
    }
  }

  @Test
  void aRequestToEndEndsWith0() throws Exception {
    try (RunningFramework framework = new RunningFramework.Setup(folder).start()) {
      assertThat(Reflect.call(framework.service("lifecycle.Termination"), "request", "the test"))
          .isEqualTo(true);
      assertThat(framework.awaitExit()).isZero();
    }
  }
}
