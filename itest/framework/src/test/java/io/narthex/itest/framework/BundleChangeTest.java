package io.narthex.itest.framework;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Each of the server's bundles in turn is stopped and started, then updated, while clients ask:
 * what depends on it comes back, the others see nothing, and nothing of it stays behind.
 */
final class BundleChangeTest {
  private static final String CONFIGURATION =
      """
      global:
        scrape_interval: 1s
      scrape_configs:
        - job_name: nobody
          static_configs:
            - targets: ["127.0.0.1:1"]
      """;

  /** Without these the web server cannot answer; of all others a client must notice nothing. */
  private static final Set<String> NEEDED_TO_ANSWER =
      Set.of(
          "io.narthex.model",
          "io.narthex.api",
          "io.narthex.lifecycle",
          "io.narthex.telemetry",
          "io.narthex.web.server",
          "io.narthex.web.api");

  @TempDir static Path folder;

  /** Where to write what memory holds if a class loader stays, for whoever looks for the cause. */
  private static final String HEAP_DUMPS = System.getProperty("narthex.heap.dumps", "");

  private static RunningFramework framework;
  private static EndState settled;

  /** Names of all metrics, taken when every one of them had had its reason to appear. */
  private static Set<String> steady;

  @BeforeAll
  static void start() throws Exception {
    framework = new RunningFramework.Setup(folder).configuration(CONFIGURATION).start();
    framework.url("/");
    settled = EndState.settled(framework);
    try (Clients clients = new Clients(true)) {
      clients.awaitAnswers(5);
      steady = steadyMetrics();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    framework.close();
    framework = null;
    settled = null;
    steady = null;
  }

  static List<String> ownBundles() {
    return framework.ownBundles().stream().map(Bundle::getSymbolicName).toList();
  }

  @ParameterizedTest
  @MethodSource("ownBundles")
  void leavesNothingBehind(String name) throws Exception {
    Bundle bundle = framework.bundle(name);
    boolean noticed = NEEDED_TO_ANSWER.contains(bundle.getSymbolicName());
    try (Clients clients = new Clients(!noticed)) {
      clients.awaitAnswers(5);
      bundle.stop();
      assertThat(bundle.getState()).isEqualTo(Bundle.RESOLVED);
      assertThat(bundle.getRegisteredServices()).isNull();
      bundle.start();
      settled.awaitIn(framework);

      WeakReference<ClassLoader> old = loaderOf(bundle);
      update(bundle);
      awaitCollected(name, old);
      clients.awaitAnswers(5);
    }
  }

  private static void update(Bundle bundle) throws Exception {
    WeakReference<ClassLoader> old = loaderOf(bundle);
    bundle.update(Files.newInputStream(RunningFramework.jar(bundle.getSymbolicName())));
    refresh(bundle);
    settled.awaitIn(framework);
    assertThat(loaderOf(bundle).get()).isNotNull().isNotSameAs(old.get());
    Await.until("the same metrics as before: " + steady, BundleChangeTest::metrics, steady::equals);
  }

  private static WeakReference<ClassLoader> loaderOf(Bundle bundle) {
    return new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
  }

  /** A thread that still runs in the bundle, or a service still in use, would keep the loader. */
  private static void awaitCollected(String bundle, WeakReference<ClassLoader> old)
      throws Exception {
    try {
      Await.until(
          "the old class loader of " + bundle + " to be collected",
          () -> {
            System.gc();
            return old.refersTo(null);
          },
          Boolean.TRUE::equals);
    } catch (AssertionError e) {
      if (!HEAP_DUMPS.isEmpty()) {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .dumpHeap(
                Path.of(HEAP_DUMPS, bundle + "-" + System.nanoTime() + ".hprof").toString(), true);
      }
      throw e;
    }
  }

  private static void refresh(Bundle bundle) throws Exception {
    CompletableFuture<Integer> refreshed = new CompletableFuture<>();
    framework
        .framework()
        .adapt(FrameworkWiring.class)
        .refreshBundles(List.of(bundle), event -> refreshed.complete(event.getType()));
    assertThat(refreshed.get(60, TimeUnit.SECONDS)).isEqualTo(FrameworkEvent.PACKAGES_REFRESHED);
  }

  /** The metrics once a target was scraped and none has come for a few scrape intervals. */
  private static Set<String> steadyMetrics() {
    Await.until(
        "the first scrape",
        () -> framework.get("/api/v1/targets").body(),
        page -> page.contains("\"health\":\"down\""));
    List<Set<String>> last = new ArrayList<>();
    return Await.until(
        "metrics that stay",
        () -> {
          last.add(metrics());
          return last.getLast();
        },
        now -> last.size() > 150 && now.equals(last.get(last.size() - 150)));
  }

  /** The names of all metrics, once they can be had again. */
  private static Set<String> metrics() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Reflect.call(framework.service("telemetry.MetricsPage"), "write", "", out);
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("# TYPE "))
        .map(line -> line.split(" ")[2])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Clients that ask all the time. */
  private static final class Clients implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final boolean strict;
    private volatile boolean stopped;

    /**
     * @param strict whether every request must be answered
     */
    Clients(boolean strict) {
      this.strict = strict;
      for (int i = 0; i < 2; i++) {
        threads.add(Thread.ofVirtual().start(this::ask));
      }
    }

    private void ask() {
      while (!stopped) {
        try {
          int status = framework.get("/-/healthy").statusCode();
          if (status != 200) {
            throw new AssertionError("status " + status);
          }
          answers.incrementAndGet();
        } catch (Exception | AssertionError e) {
          synchronized (failures) {
            failures.add(e);
          }
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
      }
    }

    void awaitAnswers(int more) {
      int wanted = answers.get() + more;
      Await.until("answers", answers::get, n -> n >= wanted);
    }

    @Override
    public void close() throws Exception {
      stopped = true;
      for (Thread thread : threads) {
        thread.join();
      }
      synchronized (failures) {
        if (strict && !failures.isEmpty()) {
          throw new AssertionError(
              failures.size() + " requests were not answered", failures.getFirst());
        }
      }
    }
  }
}
