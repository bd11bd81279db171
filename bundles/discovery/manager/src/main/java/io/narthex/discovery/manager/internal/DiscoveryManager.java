package io.narthex.discovery.manager.internal;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.DiscoverySection;
import io.narthex.api.config.Reconfigurable.Prepared;
import io.narthex.api.discovery.DiscoveryConfig;
import io.narthex.api.discovery.DiscoveryProvider;
import io.narthex.api.discovery.DiscoveryView.ProviderStatus;
import io.narthex.api.discovery.DiscoveryView.SectionStatus;
import io.narthex.api.discovery.DiscoveryView.State;
import io.narthex.api.discovery.TargetGroup;
import io.narthex.discovery.manager.internal.Source.Due;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one discoverer for each distinct section, keeps what they find, and survives the coming and
 * going of their providers. Safe for any number of threads; nobody's code runs under its lock.
 */
final class DiscoveryManager implements Run.Listener {

  private static final Logger log = LoggerFactory.getLogger(DiscoveryManager.class);

  /** How long a source that no set uses lives on, in case the commit is taken back. */
  private static final long RETIREMENT = Duration.ofSeconds(2).toNanos();

  /** How long after a commit the first targets of its new sections are waited for together. */
  private static final long SETTLE = Duration.ofMillis(100).toNanos();

  private static final long FIRST_RETRY = Duration.ofSeconds(5).toNanos();
  private static final long LAST_RETRY = Duration.ofMinutes(5).toNanos();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final DiscoveryMetrics metrics;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final long grace;
  private final String userAgent;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition timers = lock.newCondition();
  private final Providers providers = new Providers();

  private final Sources sources = new Sources();
  private List<Planned> current = List.of();
  private long version;
  private long applied;
  private List<Run> halted = List.of();
  private boolean stopped;

  /**
   * @param name {@code scrape} or {@code notify}
   * @param nanos a clock for waiting, as {@link System#nanoTime}
   * @param grace nanoseconds for which targets outlive their provider
   */
  DiscoveryManager(
      String name,
      DiscoveryMetrics metrics,
      InstantSource clock,
      LongSupplier nanos,
      long grace,
      String userAgent) {
    this.name = name;
    this.metrics = metrics;
    this.clock = clock;
    this.nanos = nanos;
    this.grace = grace;
    this.userAgent = userAgent;
  }

  // ---- the configuration

  /** Reads the sections of all sets with the providers that are there. */
  Prepared prepare(Map<String, List<DiscoverySection>> next) throws ConfigurationException {
    List<Planned> plan = new ArrayList<>();
    for (Map.Entry<String, List<DiscoverySection>> set : next.entrySet()) {
      for (DiscoverySection section : set.getValue()) {
        plan.add(read(set.getKey(), section));
      }
    }
    List<String> names = List.copyOf(next.keySet());
    return new Change(plan, names);
  }

  private Planned read(String set, DiscoverySection section) throws ConfigurationException {
    Provider provider;
    lock.lock();
    try {
      provider = providers.of(section.kind());
    } finally {
      lock.unlock();
    }
    DiscoveryConfig config = provider == null ? null : parse(provider, section.node());
    return new Planned(set, section.kind(), section.node(), config, provider);
  }

  private static DiscoveryConfig parse(Provider provider, io.narthex.api.config.ConfigNode node)
      throws ConfigurationException {
    try {
      return provider.service().parse(node);
    } catch (RuntimeException | LinkageError e) {
      throw new ConfigurationException(
          "the provider " + provider.kind() + " of " + provider.bundle() + " failed: " + e, e);
    }
  }

  private final class Change implements Prepared {
    private final List<Planned> plan;
    private final List<String> names;
    private List<Planned> before = List.of();
    private List<String> namesBefore = List.of();

    Change(List<Planned> plan, List<String> names) {
      this.plan = plan;
      this.names = names;
    }

    @Override
    public void commit() {
      lock.lock();
      try {
        before = current;
        namesBefore = List.copyOf(sources.setNames());
        apply(plan, names);
      } finally {
        lock.unlock();
      }
      resumeWaiting();
    }

    @Override
    public void rollback() {
      lock.lock();
      try {
        apply(before, namesBefore);
      } finally {
        lock.unlock();
      }
      resumeWaiting();
    }

    @Override
    public void discard() {
      // Nothing has happened so far.
    }
  }

  /** Keeps sources that are still wanted, begins new ones, and retires the others. */
  private void apply(List<Planned> plan, List<String> names) {
    if (stopped) {
      return;
    }
    sources.use(names);
    List<Planned> readable = plan.stream().map(p -> isServed(p) ? p : unread(p)).toList();
    for (Planned p : readable) {
      Source source = sources.take(p);
      if (source.dueWhat == Due.RETIREMENT) {
        rescue(source);
      }
      boolean idle = source.run == null && source.state == State.WAITING_FOR_PROVIDER;
      if (idle && p.config() != null && p.provider() != null) {
        begin(source, p.provider(), p.config());
      }
    }
    for (Source s : sources.all()) {
      if (s.sets.isEmpty() && s.dueWhat != Due.RETIREMENT) {
        s.dueAt(Due.RETIREMENT, nanos.getAsLong() + RETIREMENT);
      }
    }
    current = readable;
    applied = nanos.getAsLong();
    metrics.retain(sources.setNames());
    wakeAll();
  }

  /** Whether the provider that read the section is still the one that serves its kind. */
  private boolean isServed(Planned p) {
    return p.provider() != null && p.provider() == providers.of(p.kind());
  }

  /** Gives a source that was to be ended its next step back. */
  private void rescue(Source s) {
    switch (s.state) {
      case KEPT_IN_GRACE -> s.dueAt(Due.END_OF_GRACE, nanos.getAsLong() + grace);
      case FAILED -> s.dueAt(Due.RETRY, nanos.getAsLong() + FIRST_RETRY);
      case RUNNING, FINISHED, WAITING_FOR_PROVIDER -> s.dueAt(Due.NOTHING, 0);
    }
  }

  /** Begins sources whose provider came while their sections were being committed. */
  private void resumeWaiting() {
    Map<Source, Provider> waiting = new LinkedHashMap<>();
    lock.lock();
    try {
      for (Source s : sources.all()) {
        Provider p = providers.of(s.kind);
        if (p != null && s.state == State.WAITING_FOR_PROVIDER && !s.sets.isEmpty()) {
          waiting.put(s, p);
        }
      }
    } finally {
      lock.unlock();
    }
    waiting.forEach(this::resume);
  }

  private void begin(Source source, Provider provider, DiscoveryConfig config) {
    String set = source.sets.isEmpty() ? name : source.sets.iterator().next();
    Run run = new Run(source, provider, config, new Context(set, provider, clock, userAgent), this);
    source.run = run;
    source.bundle = provider.bundle();
    source.state = State.RUNNING;
    run.start();
  }

  // ---- providers

  void arrived(Provider provider) {
    List<Source> waiting = new ArrayList<>();
    lock.lock();
    try {
      if (!providers.add(provider) || stopped) {
        return;
      }
      for (Source s : sources.all()) {
        boolean wanted = s.kind.equals(provider.kind()) && s.run == null && !s.sets.isEmpty();
        if (wanted) {
          waiting.add(s);
        }
      }
    } finally {
      lock.unlock();
    }
    waiting.forEach(s -> resume(s, provider));
  }

  /** Lets a provider that has come read a section that waits for it, and begins. */
  private void resume(Source source, Provider provider) {
    DiscoveryConfig config = null;
    ConfigurationException refusal = null;
    try {
      config = parse(provider, source.node);
    } catch (ConfigurationException e) {
      refusal = e;
    }
    lock.lock();
    try {
      if (stopped || source.run != null || providers.of(source.kind) != provider) {
        return;
      }
      if (config == null) {
        source.state = State.FAILED;
        source.bundle = provider.bundle();
        source.lastError = String.valueOf(refusal == null ? "" : refusal.getMessage());
        log.atError()
            .addKeyValue("discovery", source.kind)
            .addKeyValue("config", String.join(",", source.sets))
            .addKeyValue("err", source.lastError)
            .log("Cannot create service discovery");
      } else {
        sources.rekey(source, new Key(source.kind, config));
        if (sources.contains(source)) {
          begin(source, provider, config);
        }
      }
      countFailed();
      wakeAll();
    } finally {
      lock.unlock();
    }
  }

  void departed(DiscoveryProvider service) {
    Provider next;
    List<Source> orphans = new ArrayList<>();
    List<Run> ending = new ArrayList<>();
    lock.lock();
    try {
      Provider gone = providers.remove(service);
      if (gone == null) {
        return;
      }
      next = providers.of(gone.kind());
      for (Source s : sources.all()) {
        Run run = s.run;
        boolean failedToRead = run == null && s.state == State.FAILED;
        if (s.kind.equals(gone.kind()) && (failedToRead || isOf(run, gone))) {
          if (run != null) {
            run.interrupt();
            ending.add(run);
          }
          orphan(s);
          orphans.add(s);
        }
      }
      // Plans hold the provider's settings, and these its classes.
      current = current.stream().map(p -> p.provider() == gone ? unread(p) : p).toList();
      countFailed();
      wakeAll();
    } finally {
      lock.unlock();
    }
    await(ending);
    if (next != null) {
      orphans.forEach(s -> resume(s, next));
    }
  }

  private static boolean isOf(@Nullable Run run, Provider provider) {
    return run != null && run.provider() == provider;
  }

  private static Planned unread(Planned p) {
    return new Planned(p.set(), p.kind(), p.node(), null, null);
  }

  /** Keeps what a source has found for the time of grace, and nothing of its provider. */
  private void orphan(Source s) {
    sources.rekey(s, new Key(s.kind, s.node));
    s.run = null;
    s.bundle = "";
    s.inherit();
    s.state = s.sent ? State.KEPT_IN_GRACE : State.WAITING_FOR_PROVIDER;
    if (s.dueWhat != Due.RETIREMENT) {
      s.dueAt(Due.END_OF_GRACE, nanos.getAsLong() + grace);
    }
  }

  private void await(List<Run> ending) {
    for (Run run : ending) {
      try {
        if (!run.join(PATIENCE)) {
          log.atWarn()
              .addKeyValue("discovery", run.source.name)
              .addKeyValue("bundle", run.provider().bundle())
              .log("Discoverer ignores its interrupt and is left alone");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  // ---- what runs report

  @Override
  public void found(Run run, List<TargetGroup> groups) {
    lock.lock();
    try {
      if (run.source.run != run) {
        return;
      }
      metrics.receivedUpdates.increment();
      run.source.update(groups, clock.instant());
      wakeAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void ended(Run run, @Nullable Throwable failure) {
    lock.lock();
    try {
      Source s = run.source;
      if (s.run != run) {
        return;
      }
      if (failure == null) {
        s.state = State.FINISHED;
      } else {
        s.state = State.FAILED;
        s.lastError =
            failure instanceof ConfigurationException
                ? String.valueOf(failure.getMessage())
                : failure.toString();
        long wait = Math.min(LAST_RETRY, FIRST_RETRY << Math.min(s.failures++, 10));
        s.dueAt(Due.RETRY, nanos.getAsLong() + wait);
        log.atError()
            .setCause(failure)
            .addKeyValue("discovery", s.name)
            .addKeyValue("config", String.join(",", s.sets))
            .log("Cannot create service discovery");
      }
      countFailed();
      wakeAll();
    } finally {
      lock.unlock();
    }
  }

  private void countFailed() {
    metrics.failedConfigs(sources.failed());
  }

  private void wakeAll() {
    version++;
    changed.signalAll();
    timers.signalAll();
  }

  // ---- time

  /** Does what becomes due, until {@link #stop}. */
  void keepTime() throws InterruptedException {
    while (true) {
      List<Source> retries = new ArrayList<>();
      List<Run> ending = new ArrayList<>();
      lock.lockInterruptibly();
      try {
        if (stopped) {
          return;
        }
        long wait = takeDue(nanos.getAsLong(), retries, ending);
        if (retries.isEmpty() && ending.isEmpty()) {
          long unused = timers.awaitNanos(wait);
          continue;
        }
      } finally {
        lock.unlock();
      }
      await(ending);
      retries.forEach(this::retry);
    }
  }

  /** Takes the steps that are due; nanoseconds until the next one. */
  private long takeDue(long now, List<Source> retries, List<Run> ending) {
    long next = Long.MAX_VALUE;
    boolean any = false;
    for (Source s : sources.all()) {
      if (s.dueWhat == Due.NOTHING) {
        continue;
      }
      if (s.due - now > 0) {
        next = Math.min(next, s.due - now);
        continue;
      }
      Due what = s.dueWhat;
      s.dueAt(Due.NOTHING, 0);
      switch (what) {
        case RETRY -> retries.add(s);
        case RETIREMENT -> {
          sources.remove(s);
          if (s.run != null) {
            s.run.interrupt();
            ending.add(s.run);
            s.run = null;
          }
        }
        case END_OF_GRACE -> {
          any |= s.dropInherited();
          s.state = s.run == null ? State.WAITING_FOR_PROVIDER : s.state;
        }
        case NOTHING -> {}
      }
    }
    if (any) {
      version++;
      changed.signalAll();
    }
    return next;
  }

  private void retry(Source source) {
    Provider provider;
    lock.lock();
    try {
      provider = providers.of(source.kind);
      if (source.state != State.FAILED || provider == null) {
        return;
      }
      source.run = null;
    } finally {
      lock.unlock();
    }
    resume(source, provider);
  }

  /** Asks all discoverers to end; nothing is found from now on. Does not wait. */
  void halt() {
    lock.lock();
    try {
      if (stopped) {
        return;
      }
      stopped = true;
      List<Run> ending = new ArrayList<>();
      for (Source s : sources.all()) {
        if (s.run != null) {
          s.run.interrupt();
          ending.add(s.run);
          s.run = null;
        }
      }
      halted = ending;
      wakeAll();
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #halt}, and waits until they have ended. */
  void shutDown() {
    halt();
    List<Run> ending;
    lock.lock();
    try {
      ending = halted;
      halted = List.of();
      sources.clear();
      current = List.of();
    } finally {
      lock.unlock();
    }
    await(ending);
  }

  // ---- views

  /** Targets by set, and the state they belong to. */
  record Snapshot(long version, Map<String, List<TargetGroup>> targets) {}

  /**
   * Waits for a state after the given one, and for the throttle.
   *
   * @param seen the version of the last snapshot, -1 for none
   */
  Snapshot await(long seen, Throttle throttle) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      boolean delayed = false;
      while (true) {
        if (stopped || version == seen || (seen < 0 && !sources.anySettled())) {
          changed.await();
          continue;
        }
        long now = nanos.getAsLong();
        long wait =
            Math.max(throttle.delay(now), sources.anyPending() ? applied + SETTLE - now : 0);
        if (wait <= 0) {
          break;
        }
        if (!delayed) {
          metrics.delayedUpdates.increment();
          delayed = true;
        }
        long unused = changed.awaitNanos(wait);
      }
      throttle.delivered(nanos.getAsLong(), delayed);
      metrics.sentUpdates.increment();
      return snapshot();
    } finally {
      lock.unlock();
    }
  }

  private Snapshot snapshot() {
    Map<String, List<TargetGroup>> targets = sources.targets();
    targets.forEach((set, groups) -> {
      metrics.discovered(set, count(groups));
      metrics.updated(set, clock.instant());
    });
    return new Snapshot(version, targets);
  }

  private static int count(Collection<TargetGroup> groups) {
    int n = 0;
    for (TargetGroup g : groups) {
      n += g.targets().size();
    }
    return n;
  }

  List<SectionStatus> sections() {
    lock.lock();
    try {
      return sources.sections(name);
    } finally {
      lock.unlock();
    }
  }

  List<ProviderStatus> installed() {
    lock.lock();
    try {
      return providers.all().stream().map(p -> new ProviderStatus(p.kind(), p.bundle())).toList();
    } finally {
      lock.unlock();
    }
  }
}
