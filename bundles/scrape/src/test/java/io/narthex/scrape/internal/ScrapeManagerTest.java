package io.narthex.scrape.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.Configuration;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.Reconfigurable.Prepared;
import io.narthex.api.lifecycle.ServiceDeparted;
import io.narthex.api.scrape.TargetsView.ActiveTarget;
import io.narthex.api.scrape.TargetsView.Health;
import io.narthex.exposition.internal.BodyExpositions;
import io.narthex.model.relabel.RelabelAction;
import io.narthex.scrape.internal.loop.Bodies;
import io.narthex.scrape.internal.loop.Features;
import io.narthex.scrape.internal.loop.ScrapeMetrics;
import io.narthex.scrape.internal.loop.ScrapeTime;
import io.narthex.scrape.internal.loop.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manager over real time with short intervals: every wait is for something that happens. */
class ScrapeManagerTest {

  private final FakeStorage storage = new FakeStorage();
  private final FakeHttp http = new FakeHttp();
  private final FakeDiscovery discovery = new FakeDiscovery();
  private final FakeMetrics registry = new FakeMetrics();
  private final ScrapeMetrics metrics = new ScrapeMetrics(registry);
  private final Bodies bodies = new Bodies(1 << 20);
  private final BlockingQueue<String> scraped = new LinkedBlockingQueue<>();
  private final ScrapeManager manager =
      new ScrapeManager(
          new Surroundings(
              ScrapeTime.SYSTEM,
              storage,
              new BodyExpositions(),
              bodies,
              metrics,
              Features.NONE,
              0,
              "test"),
          http,
          discovery,
          () -> "host",
          1_000_000);
  private final PoolViews views = new PoolViews(manager.pools());
  private final Configs job = new Configs();
  private Thread actor;

  @TempDir Path folder;

  ScrapeManagerTest() {
    job.interval = 20;
    job.timeout = 20;
    http.onAll(r -> {
      scraped.add(r.uri().getAuthority());
      return FakeHttp.text("a 1\n");
    });
  }

  private void start() {
    actor =
        Thread.ofPlatform()
            .start(() -> {
              try {
                manager.execute();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  @AfterEach
  void stop() throws Exception {
    manager.shutDown();
    if (actor != null) {
      actor.join();
    }
    metrics.close();
    assertThat(http.open.get()).as("clients left open").isZero();
    assertThat(registry.registered.get()).as("metrics left behind").isZero();
  }

  private void apply(Configuration next) throws ConfigurationException {
    manager.prepare(next).commit();
  }

  /** Waits for the next scrapes of all the hosts. */
  private void awaitScrapes(String... hosts) throws InterruptedException {
    Set<String> missing = new java.util.HashSet<>(Set.of(hosts));
    while (!missing.isEmpty()) {
      missing.remove(scraped.take());
    }
  }

  /** Looks again after each scrape until it holds. */
  private void awaitThat(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      assertThat(scraped.poll(60, TimeUnit.SECONDS)).as("a scrape").isNotNull();
    }
  }

  private List<String> urls() {
    return views.active(null).stream().map(ActiveTarget::scrapeUrl).toList();
  }

  @Test
  void scrapesWhatDiscoveryFinds() throws Exception {
    apply(Configs.of(job.build()));
    start();
    discovery.put("job", "a:1", "b:1", "a:1");
    awaitScrapes("a:1", "b:1");
    assertThat(views.pools()).containsExactly("job");
    assertThat(urls()).containsExactly("http://a:1/metrics", "http://b:1/metrics");
    awaitThat(() -> views.active("job").stream().allMatch(t -> t.health() == Health.UP));
    ActiveTarget t = views.active("job").get(0);
    assertThat(t.labels().toMap()).isEqualTo(Map.of("instance", "a:1", "job", "job"));
    assertThat(t.interval()).isEqualTo("20ms");
    assertThat(views.active("other")).isEmpty();
    assertThat(registry.get("prometheus_target_scrape_pool_targets", "job")).isEqualTo(2);
    discovery.put("job", "b:1", "c:1");
    awaitScrapes("c:1");
    assertThat(urls()).containsExactly("http://b:1/metrics", "http://c:1/metrics");
  }

  @Test
  void waitsForTheSettingsOfAJob() throws Exception {
    start();
    discovery.put("job", "a:1");
    apply(Configs.of(job.build()));
    awaitScrapes("a:1");
    assertThat(registry.get("prometheus_target_scrape_pools_total")).isEqualTo(1);
  }

  @Test
  void leavesUnchangedJobsAlone() throws Exception {
    Configs other = new Configs();
    other.name = "other";
    other.interval = 20;
    other.timeout = 20;
    apply(Configs.of(job.build(), other.build()));
    start();
    discovery.put(
        Map.of(
            "job", List.of(FakeDiscovery.group("a:1")),
            "other", List.of(FakeDiscovery.group("b:1"))));
    awaitScrapes("a:1", "b:1");
    ScrapePool.Running before = manager.pools().get("other").view().active().get(0);
    ScrapePool.Running changed = manager.pools().get("job").view().active().get(0);
    int clients = http.created.get();
    job.sampleLimit = 10;
    apply(Configs.of(job.build(), other.build()));
    awaitThat(() -> !manager.pools().get("job").view().active().get(0).equals(changed));
    awaitScrapes("a:1");
    assertThat(http.created.get()).isEqualTo(clients + 1);
    assertThat(manager.pools().get("other").view().active().get(0)).isSameAs(before);
    ScrapePool.Running now = manager.pools().get("job").view().active().get(0);
    assertThat(now.target()).isSameAs(changed.target());
    assertThat(now.loop().memory()).isSameAs(changed.loop().memory());
    assertThat(storage.drain()).noneMatch(l -> l.contains("stale"));
  }

  @Test
  void startsWithAFreshCacheWhereSeriesMayDiffer() throws Exception {
    apply(Configs.of(job.build()));
    start();
    discovery.put("job", "a:1");
    awaitScrapes("a:1");
    ScrapePool.Running before = manager.pools().get("job").view().active().get(0);
    job.metricRelabel = List.of(Configs.rule(RelabelAction.REPLACE, "", "(.*)", "x", "y"));
    apply(Configs.of(job.build()));
    awaitThat(() -> storage.committed().stream().anyMatch(l -> l.contains("x=\"y\"")));
    ScrapePool.Running now = manager.pools().get("job").view().active().get(0);
    assertThat(now.loop().memory()).isNotSameAs(before.loop().memory());
    awaitThat(() -> storage.committed().stream().anyMatch(l -> l.contains("stale")));
  }

  @Test
  void endsRemovedJobsWithoutMarks() throws Exception {
    Configs other = new Configs();
    other.name = "other";
    other.interval = 20;
    other.timeout = 20;
    apply(Configs.of(job.build(), other.build()));
    start();
    discovery.put(
        Map.of(
            "job", List.of(FakeDiscovery.group("a:1")),
            "other", List.of(FakeDiscovery.group("b:1"))));
    awaitScrapes("a:1", "b:1");
    apply(Configs.of(other.build()));
    awaitThat(() -> views.pools().equals(List.of("other")));
    storage.drain();
    awaitScrapes("b:1");
    awaitScrapes("b:1");
    assertThat(storage.drain()).noneMatch(l -> l.contains("a:1"));
    assertThat(registry.get("prometheus_target_scrape_pool_targets", "job")).isNaN();
  }

  @Test
  void countsDroppedTargets() throws Exception {
    job.relabel = List.of(Configs.rule(RelabelAction.DROP, "__address__", "drop.*", "", "$1"));
    job.keepDropped = 1;
    apply(Configs.of(job.build()));
    start();
    discovery.put("job", "drop1:1", "drop2:1", "a:1", "bad/host");
    awaitScrapes("a:1");
    assertThat(views.droppedCounts()).containsEntry("job", 2);
    assertThat(views.dropped(null)).hasSize(1);
    assertThat(registry.get("prometheus_target_sync_failed_total", "job")).isEqualTo(1);
  }

  @Test
  void failsAllTargetsOverTheTargetLimit() throws Exception {
    job.targetLimit = 1;
    apply(Configs.of(job.build()));
    start();
    discovery.put("job", "a:1", "b:1");
    while (views.active(null).size() != 2
        || !views.active(null).stream().allMatch(t -> t.health() == Health.DOWN)) {
      Thread.onSpinWait();
    }
    assertThat(views.active(null).get(0).lastError())
        .isEqualTo("target_limit exceeded (number of targets: 2, limit: 1)");
    assertThat(http.requests).isEmpty();
    assertThat(registry.get("prometheus_target_scrape_pool_exceeded_target_limit_total"))
        .isEqualTo(1);
    discovery.put("job", "a:1");
    awaitScrapes("a:1");
  }

  @Test
  void refusesWhatHasNoClientAndKeepsTheRest() throws Exception {
    apply(Configs.of(job.build()));
    http.refuseClients = true;
    assertThatThrownBy(() -> manager.prepare(Configs.of(new Configs().build())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("no certificate");
    http.refuseClients = false;
    assertThat(http.open.get()).isEqualTo(1);
    start();
    discovery.put("job", "a:1");
    awaitScrapes("a:1");
  }

  @Test
  void takesACommitBack() throws Exception {
    apply(Configs.of(job.build()));
    start();
    discovery.put("job", "a:1");
    awaitScrapes("a:1");
    long limit = job.sampleLimit;
    job.sampleLimit = 5;
    Prepared change = manager.prepare(Configs.of(job.build()));
    change.commit();
    change.rollback();
    awaitScrapes("a:1");
    awaitThat(() -> manager.pools().get("job").job().config().sampleLimit() == limit);
    awaitThat(() -> views.active(null).get(0).health() == Health.UP);
  }

  @Test
  void endsWhileARequestIsUnderWay() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    http.onAll(r -> {
      inside.countDown();
      new CountDownLatch(1).await();
      throw new AssertionError();
    });
    apply(Configs.of(job.build()));
    start();
    discovery.put("job", "a:1");
    assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();
    manager.interrupt(new ServiceDeparted("scrape manager"));
    actor.join();
    assertThat(storage.lines).isEmpty();
    assertThat(views.pools()).isEmpty();
  }

  @Test
  void endsAtOnceIfInterruptedBefore() throws Exception {
    manager.interrupt(new ServiceDeparted("scrape manager"));
    start();
    actor.join();
  }

  @Test
  void writesFailuresToAFileThatIsOpenedAnew() throws Exception {
    Path log = folder.resolve("failures.json");
    job.failureLog = log.toString();
    http.onAll(r -> {
      scraped.add(r.uri().getAuthority());
      return FakeHttp.answer(500, "", "", new byte[0]);
    });
    apply(Configs.of(job.build()));
    start();
    discovery.put("job", "a:1");
    awaitScrapes("a:1");
    awaitScrapes("a:1");
    assertThat(Files.readAllLines(log).get(0))
        .matches(
            "\\{\"time\":\"[^\"]+\",\"level\":\"ERROR\",\"msg\":\"server returned HTTP status 500"
                + " Status\",\"job_name\":\"job\",\"target\":\"http://a:1/metrics\"}");
    Files.move(log, folder.resolve("old.json"));
    apply(Configs.of(job.build()));
    awaitThat(() -> Files.exists(log) && log.toFile().length() > 0);
    assertThat(Files.readAllLines(log)).isNotEmpty();
    job.failureLog = folder.resolve("missing").resolve("x").toString();
    assertThatThrownBy(() -> manager.prepare(Configs.of(job.build())))
        .hasMessageStartingWith("can't create json log file: ");
  }

  @Test
  void showsMetadata() throws Exception {
    http.onAll(r -> {
      scraped.add(r.uri().getAuthority());
      return FakeHttp.text("# TYPE a gauge\n# HELP a Text.\na 1\n");
    });
    apply(Configs.of(job.build()));
    start();
    discovery.put("job", "a:1");
    awaitScrapes("a:1");
    awaitThat(() -> !views.metadata().isEmpty());
    awaitScrapes("a:1");
    assertThat(views.metadata().get(0).family()).isEqualTo("a");
    assertThat(views.metadata().get(0).metadata().help()).isEqualTo("Text.");
    StringBuilder seen = new StringBuilder();
    views.collectEntries((value, labels) -> seen.append(labels[0]).append(value));
    views.collectBytes((value, labels) -> seen.append(labels[0]).append(value));
    assertThat(seen).hasToString("job1.0job11.0");
  }
}
