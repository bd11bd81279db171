package io.narthex.itest.framework;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/**
 * Clients that ask for HTTP/2 without TLS with each first request of a connection, as the JDK's do
 * by default, are answered while the bundle that serves them comes and goes. The system property
 * {@code narthex.stress.seconds} says for how long.
 */
final class UpgradeRequestTest {
  private static final long SECONDS = Long.getLong("narthex.stress.seconds", 5);
  private static final int CLIENTS = 4;
  private static final int REQUESTS_A_CONNECTION = 3;

  @TempDir Path folder;

  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final List<Throwable> unanswered = new CopyOnWriteArrayList<>();
  private volatile boolean stopped;

  @Test
  void everyRequestIsAnswered() throws Exception {
    try (RunningFramework framework = new RunningFramework.Setup(folder).start()) {
      framework.awaitReady();
      URI api = framework.url("/api/v1/query?query=1");
      URI page = framework.url("/-/healthy");
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        URI uri = i % 2 == 0 ? api : page;
        threads.add(Thread.ofVirtual().start(() -> ask(uri)));
      }
      Bundle bundle = framework.bundle("io.narthex.web.api");
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      while (System.nanoTime() < end) {
        bundle.stop();
        bundle.start();
        bundle.update(Files.newInputStream(RunningFramework.jar("io.narthex.web.api")));
        int before = answers.get();
        Await.until("an answer after the update", answers::get, n -> n > before);
      }
      stopped = true;
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(unanswered).as("%s answers, %s refusals", answers, refusals).isEmpty();
  }

  private void ask(URI uri) {
    while (!stopped) {
      try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
        for (int i = 0; i < REQUESTS_A_CONNECTION; i++) {
          HttpRequest request = HttpRequest.newBuilder(uri).timeout(Await.PATIENCE).build();
          int status = client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
          (status == 200 ? answers : refusals).incrementAndGet();
        }
      } catch (HttpTimeoutException e) {
        unanswered.add(e);
      } catch (IOException e) {
        // The server hung up: that is an answer, too.
        refusals.incrementAndGet();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
