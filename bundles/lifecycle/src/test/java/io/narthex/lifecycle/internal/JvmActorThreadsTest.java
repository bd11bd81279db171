package io.narthex.lifecycle.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.lifecycle.Actor;
import io.narthex.api.lifecycle.ShutdownRequested;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The group on the threads it really has. */
final class JvmActorThreadsTest {
  private final CompletableFuture<Optional<Throwable>> end = new CompletableFuture<>();

  /** Waits for its interrupt, and knows on what thread. */
  private static final class Waiting implements Actor {
    final CompletableFuture<Thread> thread = new CompletableFuture<>();
    final CountDownLatch interrupted = new CountDownLatch(1);

    @Override
    public void execute() throws InterruptedException {
      thread.complete(Thread.currentThread());
      interrupted.await();
    }

    @Override
    public void interrupt(Throwable cause) {
      interrupted.countDown();
    }
  }

  @Test
  void actorsRunOnThreadsNamedAfterThem() throws Exception {
    try (JvmTimers timers = new JvmTimers()) {
      Group group =
          new Group(
              Settings.DEFAULTS,
              new JvmActorThreads(),
              timers,
              InstantSource.system(),
              new SplittableRandom(1),
              cause -> end.complete(Optional.ofNullable(cause)));
      Waiting web = new Waiting();
      Waiting scrape = new Waiting();
      group.arrive(web, new ActorInfo("web handler", 200, true, "test"));
      ActorRun run = group.arrive(scrape, new ActorInfo("scrape manager", 600, true, "test"));
      Thread thread = scrape.thread.get(60, TimeUnit.SECONDS);
      assertThat(thread.getName()).isEqualTo("scrape manager");
      assertThat(thread.isDaemon()).isTrue();
      assertThat(thread.isVirtual()).isFalse();
      web.thread.get(60, TimeUnit.SECONDS);
      group.depart(run).get(60, TimeUnit.SECONDS);
      thread.join(30_000);
      assertThat(thread.isAlive()).isFalse();
      group.end(new ShutdownRequested("test"));
      assertThat(end.get(60, TimeUnit.SECONDS)).containsInstanceOf(ShutdownRequested.class);
    }
  }
}
