package io.narthex.itest.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed again and again while samples are sent to it, in order and out of order,
 * with blocks so short that they are written and compacted meanwhile: each sample that was
 * acknowledged is there once. A few kills by default, {@code -Dnarthex.kill.minutes} for more.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
class KillTest {
  private static final int MINUTES = Integer.getInteger("narthex.kill.minutes", 0);
  private static final int KILLS = 3;
  private static final int WRITERS = 3;
  private static final long AGE = 10L * 24 * 3600 * 1000;

  /** Steps that are looked at after each kill, behind the newest; all of them at the end. */
  private static final int LOOK_BACK = 2000;

  @TempDir Path folder;

  @Test
  void eachAcknowledgedSampleIsThereOnce() throws Exception {
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(config, "storage: {tsdb: {out_of_order_time_window: 30m}}\n");
    long now = InstantSource.system().millis();
    KillLoad.Pace pace = new KillLoad.Pace(WRITERS);
    List<KillLoad> loads = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      loads.add(new KillLoad(pace, w, (now - AGE) / 7_200_000 * 7_200_000));
    }
    Random random = new Random();
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    int kills = 0;
    while (MINUTES > 0 ? System.nanoTime() < deadline : kills < KILLS) {
      try (Server server = start(config)) {
        String base = "http://" + server.address("Listening on");
        try (Api api = new Api(base)) {
          api.awaitReady();
          for (KillLoad load : loads) {
            load.check(api, load.acknowledged() - LOOK_BACK);
          }
        }
        run(server, base, loads, pace, 50 + random.nextInt(MINUTES > 0 ? 2000 : 300));
        kills++;
      } catch (AssertionError e) {
        keep(e);
        throw e;
      }
    }
    try (Server server = start(config);
        Api api = new Api("http://" + server.address("Listening on"))) {
      api.awaitReady();
      for (KillLoad load : loads) {
        assertThat(load.acknowledged()).isPositive();
        load.check(api, 0);
      }
      System.getLogger(KillTest.class.getName())
          .log(
              System.Logger.Level.INFO,
              "{0} kills, {1} requests",
              kills,
              loads.stream().mapToInt(KillLoad::acknowledged).sum());
      server.terminate();
      assertThat(server.exitCode()).isZero();
    } catch (AssertionError e) {
      keep(e);
      throw e;
    }
  }

  /**
   * Sends from all writers until so many more requests of the first are acknowledged; then kills.
   */
  private static void run(
      Server server, String base, List<KillLoad> loads, KillLoad.Pace pace, int requests)
      throws Exception {
    KillLoad first = loads.getFirst();
    int goal = first.acknowledged() + requests;
    pace.over(false);
    AtomicBoolean killed = new AtomicBoolean();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<?>> running = new ArrayList<>();
      for (KillLoad load : loads) {
        running.add(
            threads.submit(() -> {
              try (RemoteWriteClient client = new RemoteWriteClient(base)) {
                boolean ended =
                    load.send(
                        client,
                        () -> {
                          if (load == first && load.acknowledged() >= goal) {
                            killed.set(true);
                            server.killNow();
                            pace.over(true);
                          }
                        });
                assertThat(ended || killed.get())
                    .as("the server refuses: %s", server.output())
                    .isTrue();
              } finally {
                pace.over(true);
              }
              return null;
            }));
      }
      for (Future<?> f : running) {
        f.get();
      }
    }
  }

  /** Keeps the data directory of a failure, if a folder for that is named. */
  private void keep(AssertionError failure) throws Exception {
    String kept = System.getProperty("narthex.kill.keep");
    if (kept != null) {
      Files.createDirectories(Path.of(kept).getParent());
      Files.move(folder.resolve("data"), Path.of(kept));
      failure.addSuppressed(new IllegalStateException("data is kept in " + kept));
    }
  }

  private Server start(Path config) throws Exception {
    return Server.start(
        folder,
        "--config.file=" + config,
        "--storage.tsdb.path=" + folder.resolve("data"),
        "--storage.tsdb.min-block-duration=30m",
        "--storage.tsdb.max-block-duration=90m",
        "--storage.tsdb.retention.time=100d",
        "--storage.tsdb.block-reload-interval=1s",
        "--web.enable-remote-write-receiver",
        "--web.listen-address=127.0.0.1:0");
  }
}
