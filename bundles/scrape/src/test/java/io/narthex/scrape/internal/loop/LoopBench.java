package io.narthex.scrape.internal.loop;

import io.narthex.api.http.HttpResponse;
import io.narthex.exposition.internal.BodyExpositions;
import io.narthex.model.Labels;
import io.narthex.scrape.internal.Configs;
import io.narthex.scrape.internal.FakeHttp;
import io.narthex.scrape.internal.FakeMetrics;
import io.narthex.scrape.internal.FakeStorage;
import io.narthex.scrape.internal.VirtualTime;
import io.narthex.scrape.internal.target.Target;
import io.narthex.scrape.internal.target.TargetException;
import io.narthex.scrape.internal.target.TargetLabels;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One loop in virtual time over a recording storage and a target in memory. */
final class LoopBench implements AutoCloseable {

  static final long SECOND = 1_000_000_000L;
  static final long START = 1_700_000_000_123_000_000L;

  final VirtualTime time = new VirtualTime(START);
  final FakeStorage storage = new FakeStorage();
  final FakeHttp http = new FakeHttp();
  final FakeMetrics registry = new FakeMetrics();
  final ScrapeMetrics metrics = new ScrapeMetrics(registry);
  final Bodies bodies = new Bodies(8 << 20);
  final Configs job = new Configs();
  Features features = Features.NONE;
  Labels labels = Labels.of("__address__", "host:9100");
  ScrapeLoop.Memory memory = new ScrapeLoop.Memory();
  Target target;
  ScrapeLoop loop;
  private CountDownLatch ended = new CountDownLatch(0);
  private volatile HttpResponseSource next = () -> FakeHttp.text("");

  /** Gives the answer to the next request. */
  @FunctionalInterface
  interface HttpResponseSource {
    HttpResponse get() throws java.io.IOException, InterruptedException;
  }

  LoopBench() {
    http.onAll(r -> next.get());
  }

  ScrapeLoop newLoop() throws Exception {
    Surroundings around =
        new Surroundings(
            time,
            storage,
            new BodyExpositions(),
            bodies,
            metrics,
            features,
            2_000_000,
            "Prometheus/3.14.0");
    target = target();
    loop = new ScrapeLoop(around, job.build(), http.create("job", job.http), target, memory, 7);
    return loop;
  }

  private Target target() throws TargetException {
    Labels discovered = TargetLabels.discovered(job.build(), labels, Labels.EMPTY);
    Labels relabelled = TargetLabels.relabelled(job.build(), discovered);
    return Target.of(job.build(), discovered, relabelled);
  }

  void start() throws Exception {
    newLoop();
    ended = new CountDownLatch(1);
    loop.start(ended::countDown);
    time.settle(1);
  }

  long interval() {
    return job.interval * 1_000_000;
  }

  /** Milliseconds. */
  long now() {
    return time.wallNanos() / 1_000_000;
  }

  /** Lets one scrape happen, which is answered with this text. */
  void scrape(String body) throws Exception {
    scrape(() -> FakeHttp.text(body));
  }

  void scrape(HttpResponseSource source) throws Exception {
    if (loop == null) {
      start();
    }
    next = source;
    time.advance(interval(), 1);
  }

  /** The time of the last scrape in milliseconds. */
  long lastTime() {
    return target.status().time().toEpochMilli();
  }

  void awaitEnd() throws InterruptedException {
    if (!ended.await(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the loop has not ended");
    }
  }

  @Override
  public void close() throws Exception {
    if (loop != null) {
      loop.cancel();
      awaitEnd();
    }
    bodies.close();
  }
}
