package io.narthex.scrape.internal;

import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.discovery.TargetGroup;
import io.narthex.model.Labels;
import io.narthex.model.PromDuration;
import io.narthex.scrape.internal.loop.FailureLog;
import io.narthex.scrape.internal.loop.ScrapeLoop;
import io.narthex.scrape.internal.loop.ScrapeMetrics;
import io.narthex.scrape.internal.loop.Surroundings;
import io.narthex.scrape.internal.target.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The targets of one job and their loops. {@link #sync}, {@link #reload} and {@link #stop} are
 * called one after the other; {@link #cancel} and the views from any thread.
 */
final class ScrapePool {

  private static final Logger log = LoggerFactory.getLogger(ScrapePool.class);

  /** A target and the loop that scrapes it now. */
  record Running(Target target, ScrapeLoop loop) {}

  /** The targets as views show them. */
  record View(List<Running> active, List<Labels> dropped, int droppedCount) {}

  private final Surroundings around;
  private final ScrapeMetrics metrics;
  private final String name;
  private final long seed;
  private JobSetup job;
  private FailureLog failureLog;
  private Map<Long, Running> running = new LinkedHashMap<>();

  /** Loops that have not written their last, those that were replaced among them. */
  private final Set<ScrapeLoop> alive = new HashSet<>();

  private boolean cancelled;
  private volatile View view = new View(List.of(), List.of(), 0);

  ScrapePool(Surroundings around, JobSetup job, FailureLog failureLog, long seed) {
    this.around = around;
    this.metrics = around.metrics();
    this.name = job.config().jobName();
    this.job = job;
    this.failureLog = failureLog;
    this.seed = seed;
    metrics.targetLimit.with(name).set(job.config().targetLimit());
    metrics.targets.with(name).set(0);
    metrics.symbols.with(name).set(0);
  }

  JobSetup job() {
    return job;
  }

  View view() {
    return view;
  }

  void setFailureLog(FailureLog next) {
    failureLog = next;
    running.values().forEach(r -> r.loop().setFailureLog(next));
  }

  /** Starts loops for new targets and stops those whose target has gone. */
  void sync(List<TargetGroup> groups) throws InterruptedException {
    long start = around.time().nanos();
    PoolTargets found = PoolTargets.of(job.config(), groups);
    for (String failure : found.failures()) {
      log.atError()
          .addKeyValue("scrape_pool", name)
          .addKeyValue("err", failure)
          .log("Creating target failed");
    }
    metrics.syncFailed.with(name).add(found.failures().size());
    Map<Long, Running> next = new LinkedHashMap<>();
    List<ScrapeLoop> fresh = new ArrayList<>();
    for (Map.Entry<Long, Target> e : found.active().entrySet()) {
      Running known = running.remove(e.getKey());
      if (known != null) {
        known.target().setDiscoveredLabels(e.getValue().discoveredLabels());
        next.put(e.getKey(), known);
      } else {
        ScrapeLoop loop = newLoop(e.getValue(), new ScrapeLoop.Memory());
        fresh.add(loop);
        next.put(e.getKey(), new Running(e.getValue(), loop));
      }
    }
    List<Running> gone = List.copyOf(running.values());
    running = next;
    view = new View(List.copyOf(next.values()), found.dropped(), found.droppedCount());
    metrics.targets.with(name).set(next.size());
    applyTargetLimit();
    fresh.forEach(this::begin);
    stopAll(gone);
    double seconds = (around.time().nanos() - start) / 1e9;
    metrics.syncs.with(name).increment();
    metrics.syncLength.with(name).observe(seconds);
    metrics.syncLengthHistogram.with(name).observe(seconds);
  }

  /** Restarts all loops with other settings, keeping what they know where it still holds. */
  void reload(JobSetup next) throws InterruptedException {
    long start = around.time().nanos();
    metrics.reloads.increment();
    ScrapeConfig before = job.config();
    boolean keep = JobSetup.sameSeries(before, next.config());
    job = next;
    metrics.targetLimit.with(name).set(next.config().targetLimit());
    Map<Long, Running> restarted = new LinkedHashMap<>();
    List<Parallel.Task> tasks = new ArrayList<>();
    for (Map.Entry<Long, Running> e : running.entrySet()) {
      ScrapeLoop old = e.getValue().loop();
      Target target = e.getValue().target();
      ScrapeLoop loop = newLoop(target, keep ? old.memory() : new ScrapeLoop.Memory());
      if (keep) {
        old.leaveNoMarks();
      }
      restarted.put(e.getKey(), new Running(target, loop));
      tasks.add(() -> {
        old.stop();
        begin(loop);
      });
    }
    running = restarted;
    view = new View(List.copyOf(restarted.values()), view.dropped(), view.droppedCount());
    applyTargetLimit();
    Parallel.run("scrape reload", tasks);
    metrics
        .reloadLength
        .with(PromDuration.format(next.config().scrapeInterval()))
        .observe((around.time().nanos() - start) / 1e9);
  }

  /** Ends all loops after the scrapes that are under way; series stay without marks. */
  void stop() throws InterruptedException {
    running.values().forEach(r -> r.loop().leaveNoMarks());
    stopAll(List.copyOf(running.values()));
    running.clear();
    view = new View(List.of(), List.of(), 0);
    cancel();
    join();
    metrics.removePool(name);
  }

  /** Ends everything now, requests under way too. */
  void cancel() {
    List<ScrapeLoop> loops;
    synchronized (alive) {
      cancelled = true;
      loops = List.copyOf(alive);
    }
    loops.forEach(ScrapeLoop::cancel);
  }

  /** Waits until no loop writes any more. */
  void join() throws InterruptedException {
    List<ScrapeLoop> loops;
    synchronized (alive) {
      loops = List.copyOf(alive);
    }
    for (ScrapeLoop loop : loops) {
      loop.join();
    }
  }

  private ScrapeLoop newLoop(Target target, ScrapeLoop.Memory memory) {
    ScrapeLoop loop = new ScrapeLoop(around, job.config(), job.client(), target, memory, seed);
    loop.setFailureLog(failureLog);
    return loop;
  }

  private void begin(ScrapeLoop loop) {
    synchronized (alive) {
      if (cancelled) {
        return;
      }
      alive.add(loop);
    }
    loop.start(() -> {
      synchronized (alive) {
        alive.remove(loop);
      }
    });
  }

  private void stopAll(List<Running> gone) throws InterruptedException {
    List<Parallel.Task> tasks = new ArrayList<>();
    for (Running r : gone) {
      synchronized (alive) {
        if (alive.contains(r.loop())) {
          tasks.add(r.loop()::stop);
        }
      }
    }
    if (!tasks.isEmpty()) {
      Parallel.run("scrape stop", tasks);
    }
  }

  private void applyTargetLimit() {
    long limit = job.config().targetLimit();
    @Nullable String error = null;
    if (limit > 0 && running.size() > limit) {
      metrics.exceededTargetLimit.increment();
      error =
          "target_limit exceeded (number of targets: " + running.size() + ", limit: " + limit + ")";
    }
    for (Running r : running.values()) {
      r.loop().forceError(error);
    }
  }
}
