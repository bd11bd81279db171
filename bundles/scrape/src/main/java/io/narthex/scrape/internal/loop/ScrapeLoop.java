package io.narthex.scrape.internal.loop;

import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.exposition.ExpositionFormat;
import io.narthex.api.exposition.ExpositionReader;
import io.narthex.api.exposition.ReaderOptions;
import io.narthex.api.http.HttpClient;
import io.narthex.api.scrape.TargetsView.Health;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.StorageException;
import io.narthex.api.telemetry.Metrics.Observer;
import io.narthex.model.PromDuration;
import io.narthex.scrape.internal.cache.MetadataCache;
import io.narthex.scrape.internal.cache.SeriesCache;
import io.narthex.scrape.internal.target.ScrapePhase;
import io.narthex.scrape.internal.target.Target;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrapes one target again and again on a virtual thread, from {@link #start} to {@link #stop}.
 *
 * <p>After its stop it waits for two more ticks and then marks its series as ended, unless {@link
 * #cancel} or {@link #leaveNoMarks} say otherwise: by then a loop that took over has written newer
 * samples, and the marks are refused.
 */
public final class ScrapeLoop {

  private static final Logger log = LoggerFactory.getLogger(ScrapeLoop.class);
  private static final long MILLI = 1_000_000L;

  /** What a loop can hand on to the one that follows it. */
  public static final class Memory {
    private final SeriesCache series = new SeriesCache();
    private final MetadataCache metadata = new MetadataCache();

    public MetadataCache metadata() {
      return metadata;
    }
  }

  private final Surroundings around;
  private final ScrapeConfig job;
  private final Target target;
  private final Memory memory;
  private final long seed;
  private final Fetcher fetcher;
  private final Ingestion ingestion;
  private final Report report;
  private final ScrapeTime time;
  private final long interval;
  private final ReaderOptions readerOptions;
  private final ScrapeTime.Signal stop;
  private final ScrapeTime.Signal cancel;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Interruptible fetching = new Interruptible();

  private volatile @Nullable String forcedError;
  private volatile FailureLog failureLog = FailureLog.NONE;
  private volatile boolean marksWanted = true;
  private List<Observer> intervals = List.of();
  private boolean scraped;
  private long lastStart;

  /**
   * @param memory of the loop before, or a new one
   * @param seed of the server, for the phase
   */
  public ScrapeLoop(
      Surroundings around,
      ScrapeConfig job,
      HttpClient client,
      Target target,
      Memory memory,
      long seed) {
    this.around = around;
    this.job = job;
    this.target = target;
    this.memory = memory;
    this.seed = seed;
    time = around.time();
    interval = target.interval() * MILLI;
    readerOptions = target.readerOptions(around.features().startTimestamps());
    fetcher = new Fetcher(client, target, job, around.userAgent(), around.metrics());
    ingestion =
        new Ingestion(
            job,
            target.url(),
            around.features(),
            new SampleLabels(job, target.labels()),
            memory.series,
            memory.metadata,
            around.metrics());
    boolean extra = job.extraScrapeMetrics() || around.features().extraMetrics();
    report = new Report(target.labels(), extra, around.features().metadata());
    stop = time.signal();
    cancel = time.signal();
  }

  public Memory memory() {
    return memory;
  }

  /**
   * Begins; to be called once.
   *
   * @param whenEnded run when the loop has written its last
   */
  public void start(Runnable whenEnded) {
    // Its end is known by the latches.
    Thread unused =
        VirtualThreads.start(
            "scrape " + job.jobName(),
            () -> {
              try {
                run();
              } finally {
                stopped.countDown();
                ended.countDown();
                whenEnded.run();
              }
            });
  }

  /** Every scrape fails with this error without a request; null for none. */
  public void forceError(@Nullable String error) {
    forcedError = error;
  }

  public void setFailureLog(FailureLog next) {
    failureLog = next;
  }

  /** Writes no marks after the stop: another loop goes on with the same series. */
  public void leaveNoMarks() {
    marksWanted = false;
  }

  /** Lets a scrape that is under way finish and scrapes no more; returns when that is so. */
  public void stop() throws InterruptedException {
    stop.fire();
    stopped.await();
  }

  /** Ends everything at once, a request under way too; nothing more is written. */
  public void cancel() {
    cancel.fire();
    stop.fire();
    fetching.interrupt();
  }

  /** Waits until it has written its last. */
  public void join() throws InterruptedException {
    ended.await();
  }

  private void run() {
    try {
      Ticker ticker = new Ticker(time, interval);
      scrapeUntilStopped(ticker);
      stopped.countDown();
      if (scraped && marksWanted) {
        markEndOfRun(ticker);
      }
    } catch (InterruptedException e) {
      // Cancelled in the middle of a request. The thread ends here.
      log.atDebug().addKeyValue("target", target.url()).log("Scrape cancelled");
    }
  }

  private void scrapeUntilStopped(Ticker ticker) throws InterruptedException {
    long delay = ScrapePhase.firstDelay(target.hash(), seed, interval, time.wallNanos());
    if (stop.awaitUntil(time.nanos() + delay)) {
      return;
    }
    ticker.restart();
    long scheduled = time.wallNanos();
    while (!stop.isFired()) {
      long now = time.wallNanos();
      if (around.tolerance() > 0) {
        // Ticks may have been dropped.
        long late = now - scheduled;
        scheduled += late >= interval ? late / interval * interval : 0;
        if (now - scheduled <= Math.min(around.tolerance(), interval / 100)) {
          now = scheduled;
        }
      }
      scrape(now / MILLI);
      if (!ticker.await(stop)) {
        return;
      }
    }
  }

  private void scrape(long at) throws InterruptedException {
    long start = time.nanos();
    if (scraped) {
      double seconds = (start - lastStart) / 1e9;
      intervalObservers().forEach(o -> o.observe(seconds));
    }
    scraped = true;
    lastStart = start;
    Body body = around.bodies().lend();
    try {
      scrape(at, start, body);
    } finally {
      around.bodies().giveBack(body);
    }
  }

  /** Looked up once, and not before there is something to observe. */
  private List<Observer> intervalObservers() {
    if (intervals.isEmpty()) {
      String text = PromDuration.format(interval / MILLI);
      intervals =
          List.of(
              around.metrics().intervalLength.with(text),
              around.metrics().intervalLengthHistogram.with(text));
    }
    return intervals;
  }

  private void scrape(long at, long start, Body body) throws InterruptedException {
    String error = forcedError;
    boolean forced = error != null;
    String contentType = "";
    long size = 0;
    if (!forced) {
      try {
        fetching.begin();
        contentType = fetcher.fetch(body);
        size = body.length;
      } catch (ScrapeFailure e) {
        if (cancel.isFired()) {
          // Its connection was cut to end it; the target is not to blame.
          throw new InterruptedException();
        }
        error = e.text();
        size = error.startsWith(Fetcher.BODY_LIMIT) ? -1 : 0;
        body.length = 0;
        failureLog.failed(error, target.url());
        log.atDebug()
            .addKeyValue("scrape_pool", job.jobName())
            .addKeyValue("target", target.url())
            .addKeyValue("err", error)
            .log("Scrape failed");
      } finally {
        fetching.end();
      }
    }
    Appender app = around.storage().appender();
    report.values[2] = 0;
    report.values[3] = 0;
    report.values[4] = 0;
    if (error == null && body.length > 0) {
      error = ingest(app, body, contentType, at);
      report.values[2] = ingestion.total;
      report.values[3] = ingestion.added;
      report.values[4] = ingestion.seriesAdded;
      if (error != null) {
        app = afresh(app);
        app = markMissing(app, at);
      }
    } else {
      app = markMissing(app, at);
    }
    report(app, at, start, size, error);
  }

  /** Appends the body's samples; the error if that failed. */
  private @Nullable String ingest(Appender app, Body body, String contentType, long at) {
    String error;
    try {
      ExpositionFormat format = ContentType.format(contentType, fallbackMediaType());
      ExpositionReader reader = body.reader(around.expositions(), format, readerOptions);
      ingestion.body(app, reader, body.labels, at, time.wallNanos() / MILLI);
      return null;
    } catch (ScrapeFailure e) {
      error = e.text();
    } catch (RuntimeException e) {
      // One body must not end the loop, whatever it has found.
      log.atError().setCause(e).addKeyValue("target", target.url()).log("Scrape failed");
      error = "internal error: " + e;
    }
    log.atDebug()
        .addKeyValue("scrape_pool", job.jobName())
        .addKeyValue("target", target.url())
        .addKeyValue("err", error)
        .log("Append failed");
    return error;
  }

  private String fallbackMediaType() {
    return job.fallbackScrapeProtocol().isEmpty()
        ? ""
        : ContentType.mediaTypeOf(job.fallbackScrapeProtocol());
  }

  /** An empty scrape: what was there last time and is not now has ended. */
  private Appender markMissing(Appender app, long at) {
    try {
      ingestion.empty(app, at);
      return app;
    } catch (ScrapeFailure e) {
      log.atWarn()
          .addKeyValue("scrape_pool", job.jobName())
          .addKeyValue("target", target.url())
          .addKeyValue("err", e.text())
          .log("Append failed");
      return afresh(app);
    }
  }

  private Appender afresh(Appender app) {
    rollback(app);
    return around.storage().appender();
  }

  private void rollback(Appender app) {
    try {
      app.rollback();
    } catch (StorageException e) {
      log.atWarn()
          .addKeyValue("scrape_pool", job.jobName())
          .addKeyValue("err", e.getMessage())
          .log("Rollback failed");
    }
  }

  private void report(Appender app, long at, long start, long size, @Nullable String error) {
    double seconds = (time.nanos() - start) / 1e9;
    target.report(
        new Target.Status(
            error == null ? Health.UP : Health.DOWN,
            error == null ? "" : error,
            Instant.ofEpochMilli(at),
            seconds));
    report.values[0] = error == null ? 1 : 0;
    report.values[1] = seconds;
    report.values[5] = target.timeout() / 1000.0;
    report.values[6] = job.sampleLimit();
    report.values[7] = size;
    try {
      report.append(app, at);
    } catch (ScrapeFailure e) {
      rollback(app);
      log.atWarn()
          .addKeyValue("scrape_pool", job.jobName())
          .addKeyValue("target", target.url())
          .addKeyValue("err", e.text())
          .log("Appending scrape report failed");
      return;
    }
    commit(app, "Scrape commit failed");
    if (report.hasExtra()) {
      around.metrics().duration.observe((time.nanos() - start) / 1e9);
    }
  }

  private void commit(Appender app, String problem) {
    try {
      app.commit();
    } catch (StorageException e) {
      log.atError()
          .addKeyValue("scrape_pool", job.jobName())
          .addKeyValue("target", target.url())
          .addKeyValue("err", e.getMessage())
          .log(problem);
    }
  }

  private void markEndOfRun(Ticker ticker) throws InterruptedException {
    if (!ticker.await(cancel)) {
      return;
    }
    long at = time.wallNanos() / MILLI;
    boolean cancelled = !ticker.await(cancel) || cancel.awaitUntil(time.nanos() + interval / 10);
    if (cancelled || !marksWanted) {
      return;
    }
    Appender app = around.storage().appender();
    app.discardOutOfOrder(true);
    app = markMissing(app, at);
    try {
      report.appendStale(app, at);
    } catch (ScrapeFailure e) {
      rollback(app);
      log.atWarn()
          .addKeyValue("scrape_pool", job.jobName())
          .addKeyValue("err", e.text())
          .log("Stale report failed");
      return;
    }
    commit(app, "Stale commit failed");
  }

  @Override
  public String toString() {
    return "scrape loop of " + target.url();
  }
}
