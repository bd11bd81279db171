package io.narthex.scrape.internal;

import io.narthex.api.config.Configuration;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.Reconfigurable;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.discovery.DiscoveredTargets;
import io.narthex.api.discovery.TargetGroup;
import io.narthex.api.http.HttpClient;
import io.narthex.api.http.HttpClients;
import io.narthex.api.lifecycle.Actor;
import io.narthex.api.lifecycle.ServiceDeparted;
import io.narthex.model.Labels;
import io.narthex.scrape.internal.loop.ScrapeMetrics;
import io.narthex.scrape.internal.loop.ScrapeTime;
import io.narthex.scrape.internal.loop.Surroundings;
import io.narthex.scrape.internal.loop.VirtualThreads;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a pool of targets for each job: takes targets as discovery finds them, and settings as they
 * are committed, and brings the pools in line on the actor's thread.
 */
final class ScrapeManager implements Actor, Reconfigurable {

  private static final Logger log = LoggerFactory.getLogger(ScrapeManager.class);

  /** The jobs of one configuration. */
  private record Jobs(Map<String, JobSetup> setups, FailureLogs failureLogs, Labels external) {}

  private final Surroundings around;
  private final ScrapeTime time;
  private final ScrapeMetrics metrics;
  private final HttpClients http;
  private final DiscoveredTargets discovered;
  private final Supplier<String> hostName;
  private final long reloadInterval;

  private final ConcurrentSkipListMap<String, ScrapePool> pools = new ConcurrentSkipListMap<>();

  /** Held while the actor runs. */
  private final ReentrantLock running = new ReentrantLock();

  /** Guarded by this: what the actor's thread has to do. */
  private ScrapeTime.Signal wake;

  private @Nullable Jobs pendingJobs;
  private @Nullable Map<String, List<TargetGroup>> pendingTargets;
  private boolean interrupted;

  /** Guarded by this: committed last. */
  private Jobs jobs = new Jobs(Map.of(), FailureLogs.NONE, Labels.EMPTY);

  /** Guarded by this: clients that no committed setup uses, kept until no commit is taken back. */
  private List<HttpClient> retired = new ArrayList<>();

  /** Of the actor's thread. */
  private Jobs applied = jobs;

  private Map<String, List<TargetGroup>> targets = Map.of();
  private long seed;

  /**
   * @param reloadInterval nanoseconds between two changes by discovery
   */
  ScrapeManager(
      Surroundings around,
      HttpClients http,
      DiscoveredTargets discovered,
      Supplier<String> hostName,
      long reloadInterval) {
    this.around = around;
    this.time = around.time();
    this.metrics = around.metrics();
    this.http = http;
    this.discovered = discovered;
    this.hostName = hostName;
    this.reloadInterval = reloadInterval;
    this.wake = time.signal();
  }

  Map<String, ScrapePool> pools() {
    return pools;
  }

  // ---- settings

  @Override
  public String reconfigurableName() {
    return "scrape";
  }

  @Override
  public Prepared prepare(Configuration next) throws ConfigurationException {
    closeRetired();
    Jobs before;
    synchronized (this) {
      before = jobs;
    }
    List<HttpClient> made = new ArrayList<>();
    try {
      Map<String, JobSetup> setups = new LinkedHashMap<>();
      List<String> files = new ArrayList<>();
      for (ScrapeConfig config : next.scrapeConfigs()) {
        files.add(config.scrapeFailureLogFile());
        JobSetup known = before.setups().get(config.jobName());
        if (known != null && known.config().equals(config)) {
          setups.put(config.jobName(), known);
        } else {
          HttpClient client = http.create(config.jobName(), config.http());
          made.add(client);
          setups.put(config.jobName(), new JobSetup(config, client));
        }
      }
      FailureLogs logs = FailureLogs.open(files, InstantSource.system());
      return new Change(before, new Jobs(setups, logs, next.global().externalLabels()), made);
    } catch (ConfigurationException e) {
      made.forEach(HttpClient::close);
      throw e;
    }
  }

  /** A configuration that is ready to be used. */
  private final class Change implements Prepared {
    private final Jobs before;
    private final Jobs next;
    private final List<HttpClient> made;
    private final List<HttpClient> replaced = new ArrayList<>();

    Change(Jobs before, Jobs next, List<HttpClient> made) {
      this.before = before;
      this.next = next;
      this.made = made;
    }

    @Override
    public void commit() {
      synchronized (ScrapeManager.this) {
        for (JobSetup old : before.setups().values()) {
          if (!isUsed(old, next)) {
            replaced.add(old.client());
          }
        }
        retired.addAll(replaced);
        use(next);
      }
    }

    @Override
    public void rollback() {
      synchronized (ScrapeManager.this) {
        retired.removeAll(replaced);
        retired.addAll(made);
        use(before);
      }
    }

    @Override
    public void discard() {
      made.forEach(HttpClient::close);
      next.failureLogs().close();
    }
  }

  private static boolean isUsed(JobSetup setup, Jobs by) {
    JobSetup other = by.setups().get(setup.config().jobName());
    return other != null && other.client().equals(setup.client());
  }

  private synchronized void use(Jobs next) {
    jobs = next;
    pendingJobs = next;
    wake.fire();
  }

  private void closeRetired() {
    List<HttpClient> clients;
    synchronized (this) {
      if (pendingJobs != null) {
        // The pools still use them.
        return;
      }
      clients = retired;
      retired = new ArrayList<>();
    }
    clients.forEach(HttpClient::close);
  }

  // ---- the actor

  @Override
  public void execute() throws InterruptedException {
    running.lock();
    try {
      log.atInfo().log("Starting scrape manager...");
      Thread listener = VirtualThreads.start("scrape targets", this::listen);
      try {
        work();
      } finally {
        listener.interrupt();
        listener.join();
        end();
      }
      log.atInfo().log("Scrape manager stopped");
    } finally {
      running.unlock();
    }
  }

  @Override
  public void interrupt(Throwable cause) {
    synchronized (this) {
      interrupted = true;
      wake.fire();
    }
    // Scrapes under way would hold up a reload that waits for them.
    pools.values().forEach(ScrapePool::cancel);
  }

  private void listen() {
    try {
      while (true) {
        Map<String, List<TargetGroup>> found = discovered.await();
        synchronized (this) {
          pendingTargets = found;
          wake.fire();
        }
      }
    } catch (InterruptedException e) {
      // The manager ends.
      Thread.currentThread().interrupt();
    }
  }

  private void work() throws InterruptedException {
    long nextSync = time.nanos();
    while (true) {
      Jobs newJobs;
      Map<String, List<TargetGroup>> newTargets = null;
      ScrapeTime.Signal event;
      boolean early;
      synchronized (this) {
        if (interrupted) {
          return;
        }
        newJobs = pendingJobs;
        early = time.nanos() < nextSync;
        if (!early) {
          newTargets = pendingTargets;
          pendingTargets = null;
        }
        event = time.signal();
        early &= pendingTargets != null;
        wake = event;
      }
      if (newJobs != null) {
        apply(newJobs);
        synchronized (this) {
          if (newJobs.equals(pendingJobs)) {
            pendingJobs = null;
          }
        }
      }
      if (newTargets != null) {
        targets = newTargets;
        nextSync = time.nanos() + reloadInterval;
        sync();
      }
      if (newJobs == null && newTargets == null) {
        boolean unused = event.awaitUntil(early ? nextSync : time.nanos() + Long.MAX_VALUE / 4);
      }
    }
  }

  /** Brings the pools in line with other settings; new jobs get theirs when they have targets. */
  private void apply(Jobs next) throws InterruptedException {
    seed = ServerSeed.of(hostName.get(), next.external());
    List<Parallel.Task> tasks = new ArrayList<>();
    for (Map.Entry<String, ScrapePool> e : pools.entrySet()) {
      ScrapePool pool = e.getValue();
      JobSetup setup = next.setups().get(e.getKey());
      if (setup == null) {
        tasks.add(() -> {
          pool.stop();
          pools.remove(e.getKey(), pool);
        });
        continue;
      }
      pool.setFailureLog(next.failureLogs().of(setup.config().scrapeFailureLogFile(), e.getKey()));
      if (!setup.equals(pool.job())) {
        tasks.add(() -> pool.reload(setup));
      }
    }
    if (!tasks.isEmpty()) {
      Parallel.run("scrape reload", tasks);
    }
    if (applied.failureLogs() != next.failureLogs()) {
      applied.failureLogs().close();
    }
    applied = next;
    sync();
  }

  private void sync() throws InterruptedException {
    List<Parallel.Task> tasks = new ArrayList<>();
    for (Map.Entry<String, List<TargetGroup>> e : targets.entrySet()) {
      ScrapePool pool = pool(e.getKey());
      if (pool != null) {
        tasks.add(() -> pool.sync(e.getValue()));
      }
    }
    if (!tasks.isEmpty()) {
      Parallel.run("scrape sync", tasks);
    }
  }

  private @Nullable ScrapePool pool(String name) {
    ScrapePool known = pools.get(name);
    if (known != null) {
      return known;
    }
    JobSetup setup = applied.setups().get(name);
    if (setup == null) {
      // Discovery is ahead of us, or behind; the settings or the targets follow.
      log.atDebug().addKeyValue("scrape_pool", name).log("Targets of an unknown job");
      return null;
    }
    metrics.pools.increment();
    ScrapePool pool =
        new ScrapePool(
            around,
            setup,
            applied.failureLogs().of(setup.config().scrapeFailureLogFile(), name),
            seed);
    pools.put(name, pool);
    synchronized (this) {
      if (interrupted) {
        pool.cancel();
      }
    }
    return pool;
  }

  private void end() throws InterruptedException {
    pools.values().forEach(ScrapePool::cancel);
    for (ScrapePool pool : pools.values()) {
      pool.join();
    }
    Map<String, ScrapePool> ended = new HashMap<>(pools);
    pools.clear();
    ended.keySet().forEach(metrics::removePool);
  }

  /** Ends the actor if it still runs, and closes clients and files. */
  void shutDown() {
    interrupt(new ServiceDeparted("scrape manager"));
    running.lock();
    try {
      close();
    } finally {
      running.unlock();
    }
  }

  private synchronized void close() {
    retired.forEach(HttpClient::close);
    retired.clear();
    jobs.setups().values().forEach(s -> s.client().close());
    jobs.failureLogs().close();
    if (applied.failureLogs() != jobs.failureLogs()) {
      applied.failureLogs().close();
    }
  }
}
