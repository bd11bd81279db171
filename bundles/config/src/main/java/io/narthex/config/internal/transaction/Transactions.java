package io.narthex.config.internal.transaction;

import io.narthex.api.config.Configuration;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.ConfigurationTransactions;
import io.narthex.api.config.Reconfigurable;
import io.narthex.config.internal.read.Loaded;
import io.narthex.config.internal.read.Overlay;
import io.narthex.config.internal.write.ConfigurationYaml;
import io.narthex.model.GoQuote;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Changes of the configuration, one at a time.
 *
 * <p>Whoever asks for a change does the work; modules that arrive and Configuration Admin's entries
 * are dealt with on the worker, so that telling of them never waits.
 */
public final class Transactions implements ConfigurationTransactions {

  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
  private static final Duration COALESCE = Duration.ofMillis(200);

  /** Reads the file with entries on top. */
  @FunctionalInterface
  public interface Source {
    Loaded read(Overlay overlay) throws ConfigurationException;
  }

  private final String file;
  private final Source source;
  private final Later worker;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Modules modules = new Modules();
  private final Entries entries = new Entries();
  private final History history = new History();
  private final ReentrantLock changing = new ReentrantLock();
  private volatile @Nullable Loaded current;

  /** Until the first entries after the initial load, which are those of the last run. */
  private boolean starting = true;

  /** Counts what was committed; changed under the lock. */
  private long version;

  private volatile boolean successful = true;
  private volatile Instant lastSuccess;
  private volatile Runnable afterReload = () -> {};
  private final List<Runnable> whenLoaded = new ArrayList<>();

  /**
   * @param file its name as it was given, for the log
   */
  public Transactions(
      String file, Source source, Later worker, InstantSource clock, LongSupplier nanoTime) {
    this.file = file;
    this.source = source;
    this.worker = worker;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.lastSuccess = clock.instant();
  }

  /** Reads the file without any effect. */
  public void check() throws ConfigurationException {
    Loaded unused = source.read(Overlay.NONE);
    lastSuccess = clock.instant();
  }

  /** Loads the first configuration; does nothing if there is one already. */
  public void loadInitially() throws ConfigurationException {
    changing.lock();
    try {
      if (current == null) {
        Entries.Candidate changes = entries.takeChanges();
        Entries.Candidate start = changes == null ? entries.effective() : withoutRefused(changes);
        change("start", start);
        whenLoaded.forEach(Runnable::run);
        whenLoaded.clear();
      }
    } finally {
      changing.unlock();
    }
  }

  /**
   * The changes of a candidate that are accepted one after the other: one that went bad while the
   * server was down must not keep the others, or the server, from starting.
   */
  private Entries.Candidate withoutRefused(Entries.Candidate all) {
    SortedMap<String, Entry> good = new TreeMap<>(entries.effective().entries());
    if (isFileRefused()) {
      return new Entries.Candidate(good, all.changed());
    }
    for (String pid : all.changed()) {
      SortedMap<String, Entry> next = new TreeMap<>(good);
      Entry entry = all.entries().get(pid);
      if (entry == null) {
        next.remove(pid);
      } else {
        next.put(pid, entry);
      }
      try {
        Loaded unused = source.read(new Entries.Candidate(next, List.of()).overlay());
        good = next;
      } catch (ConfigurationException refused) {
        refuse("Configuration Admin", clock.instant(), Duration.ZERO, refused.getMessage());
        LOG.atError()
            .addKeyValue("pid", pid)
            .addKeyValue("err", refused.getMessage())
            .log("Configuration entry refused");
      }
    }
    return new Entries.Candidate(good, all.changed());
  }

  private boolean isFileRefused() {
    try {
      Loaded unused = source.read(Overlay.NONE);
      return false;
    } catch (ConfigurationException e) {
      return true;
    }
  }

  @Override
  public void reload(String trigger) throws ConfigurationException {
    changing.lock();
    try {
      if (current == null) {
        throw new ConfigurationException("the initial configuration has not been loaded yet");
      }
      change(trigger, entries.effective());
      afterReload.run();
    } catch (ConfigurationException e) {
      LOG.atError().addKeyValue("err", e.getMessage()).log("Error reloading config");
      throw e;
    } finally {
      changing.unlock();
    }
  }

  /** Runs an action once there is a configuration, at once if there is one. */
  public void whenLoaded(Runnable action) {
    changing.lock();
    try {
      if (current == null) {
        whenLoaded.add(action);
      } else {
        action.run();
      }
    } finally {
      changing.unlock();
    }
  }

  /** What is to be done after each reload that succeeded. */
  public void setAfterReload(Runnable action) {
    afterReload = action;
  }

  /** Notes a changed or, with null, a removed entry of Configuration Admin. */
  public void entryChanged(String pid, @Nullable Entry entry) {
    if (entries.change(pid, entry)) {
      worker.runAfter(COALESCE, this::applyEntries);
    }
  }

  private void applyEntries() {
    changing.lock();
    try {
      if (current == null) {
        // The initial load takes them.
        return;
      }
      Entries.Candidate candidate = entries.takeChanges();
      if (candidate != null) {
        boolean ofLastRun = starting && candidate.changed().size() > 1;
        starting = false;
        change("Configuration Admin", ofLastRun ? withoutRefused(candidate) : candidate);
      }
    } catch (ConfigurationException e) {
      LOG.atError().addKeyValue("err", e.getMessage()).log("Configuration entries refused");
    } finally {
      changing.unlock();
    }
  }

  /** A module has arrived; it is given the current configuration, if there is one, alone. */
  public void moduleArrived(Reconfigurable service, int order) {
    Module module = modules.add(service, order);
    worker.run(() -> configure(module));
  }

  public void moduleLeft(Reconfigurable service) {
    Module unused = modules.remove(service);
  }

  private void configure(Module module) {
    changing.lock();
    try {
      Loaded loaded = current;
      if (loaded == null || module.isGone() || module.configuredVersion() == version) {
        return;
      }
      new Change(loaded.configuration(), nanoTime).apply(List.of(module));
      module.configured(version);
    } catch (ConfigurationException e) {
      successful = false;
      refuse("arrival of " + module.name(), clock.instant(), Duration.ZERO, e.getMessage());
    } finally {
      changing.unlock();
    }
  }

  /** Reads, prepares and commits; the caller holds the lock. */
  private void change(String trigger, Entries.Candidate candidate) throws ConfigurationException {
    Instant time = clock.instant();
    long start = nanoTime.getAsLong();
    LOG.atInfo().addKeyValue("filename", file).log("Loading configuration file");
    try {
      Loaded next = read(candidate);
      List<Module> concerned = modules.inOrder();
      Change change = new Change(next.configuration(), nanoTime);
      apply(change, concerned);
      List<String> difference = difference(current, next);
      current = next;
      entries.accept(candidate);
      version++;
      concerned.forEach(m -> m.configured(version));
      successful = true;
      lastSuccess = clock.instant();
      Duration duration = Duration.ofNanos(nanoTime.getAsLong() - start);
      history.add(new Transaction(time, trigger, true, null, duration, difference));
      logCompleted(change, duration);
      for (String section : WithoutEffect.of(next.configuration())) {
        LOG.atWarn()
            .addKeyValue("section", section)
            .log("not supported yet: this part of the configuration has no effect");
      }
    } catch (ConfigurationException e) {
      successful = false;
      refuse(trigger, time, Duration.ofNanos(nanoTime.getAsLong() - start), e.getMessage());
      throw e;
    }
  }

  private Loaded read(Entries.Candidate candidate) throws ConfigurationException {
    try {
      return source.read(candidate.overlay());
    } catch (ConfigurationException e) {
      throw new ConfigurationException(
          "couldn't load configuration (--config.file="
              + GoQuote.quote(file)
              + "): "
              + e.getMessage(),
          e);
    }
  }

  private void apply(Change change, List<Module> concerned) throws ConfigurationException {
    try {
      change.apply(concerned);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(
          "one or more errors occurred while applying the new configuration (--config.file="
              + GoQuote.quote(file)
              + "): "
              + e.getMessage(),
          e);
    }
  }

  private void refuse(String trigger, Instant time, Duration duration, @Nullable String error) {
    history.add(new Transaction(time, trigger, false, error, duration, List.of()));
  }

  private void logCompleted(Change change, Duration total) {
    LoggingEventBuilder event = LOG.atInfo();
    for (Map.Entry<String, Long> e : change.nanos().entrySet()) {
      event = event.addKeyValue(e.getKey(), GoDuration.format(e.getValue()));
    }
    event
        .addKeyValue("filename", file)
        .addKeyValue("totalDuration", GoDuration.format(total.toNanos()))
        .log("Completed loading of configuration file");
  }

  /** Nothing for the first configuration: there it would be all of it. */
  private static List<String> difference(@Nullable Loaded before, Loaded after) {
    return before == null
        ? List.of()
        : LineDifference.between(
            ConfigurationYaml.redacted(before).whole(), ConfigurationYaml.redacted(after).whole());
  }

  /** The configuration in effect, null before the first. */
  public @Nullable Configuration current() {
    Loaded loaded = current;
    return loaded == null ? null : loaded.configuration();
  }

  /** Whether the last attempt to change the configuration succeeded; true before the first. */
  public boolean lastSuccessful() {
    return successful;
  }

  public Instant lastSuccess() {
    return lastSuccess;
  }

  @Override
  public List<Transaction> history() {
    return history.list();
  }

  @Override
  public String effectiveYaml() {
    Loaded loaded = current;
    return loaded == null ? "" : ConfigurationYaml.redacted(loaded).asWritten();
  }

  @Override
  public String exportYaml() {
    Loaded loaded = current;
    return loaded == null ? "" : ConfigurationYaml.open(loaded).whole();
  }
}
