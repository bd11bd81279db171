package io.narthex.discovery.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.discovery.DiscoveryConfig;
import io.narthex.api.discovery.DiscoveryContext;
import io.narthex.api.discovery.DiscoveryProvider;
import io.narthex.api.discovery.TargetGroup;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A discoverer on a thread of its own, and what it has sent, folded as a manager does. */
public final class RunningDiscoverer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final BlockingQueue<List<TargetGroup>> updates = new LinkedBlockingQueue<>();
  private final SortedMap<String, TargetGroup> groups = new TreeMap<>();
  private final Thread thread;
  private volatile @Nullable Throwable failure;
  private volatile boolean interrupted;

  private RunningDiscoverer(
      DiscoveryProvider provider, DiscoveryConfig config, DiscoveryContext context)
      throws ConfigurationException {
    var discoverer = provider.create(config, context);
    thread =
        Thread.ofVirtual()
            .name("discoverer under test")
            .start(() -> {
              try {
                discoverer.run(updates::add);
              } catch (InterruptedException e) {
                interrupted = true;
              } catch (RuntimeException | Error e) {
                failure = e;
              }
            });
  }

  public static RunningDiscoverer start(
      DiscoveryProvider provider, DiscoveryConfig config, DiscoveryContext context)
      throws ConfigurationException {
    return new RunningDiscoverer(provider, config, context);
  }

  /** The next update, as it was sent. */
  public List<TargetGroup> next() throws InterruptedException {
    List<TargetGroup> update = updates.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(update).as("an update within " + PATIENCE).isNotNull();
    for (TargetGroup g : update) {
      if (g.targets().isEmpty()) {
        groups.remove(g.source());
      } else {
        groups.put(g.source(), g);
      }
    }
    return update;
  }

  /** Takes updates until all groups together satisfy the condition. */
  public List<TargetGroup> await(java.util.function.Predicate<List<TargetGroup>> condition)
      throws InterruptedException {
    while (!condition.test(List.copyOf(groups.values()))) {
      next();
    }
    return List.copyOf(groups.values());
  }

  /** No update has come that nobody has taken. */
  public void expectNothing() {
    assertThat(updates).isEmpty();
  }

  /** Interrupts it and waits for its end; whether it said that it was interrupted. */
  public boolean stop() throws InterruptedException {
    thread.interrupt();
    return join();
  }

  /** Waits for its own end; whether it ended by an interrupt. */
  public boolean join() throws InterruptedException {
    assertThat(thread.join(PATIENCE)).as("it ends within " + PATIENCE).isTrue();
    assertThat(failure).as("it throws nothing").isNull();
    return interrupted;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      assertThat(thread.join(PATIENCE)).as("it ends within " + PATIENCE).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a discoverer ended", e);
    }
  }
}
