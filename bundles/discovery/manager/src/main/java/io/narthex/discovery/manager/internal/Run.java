package io.narthex.discovery.manager.internal;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.discovery.DiscoveryConfig;
import io.narthex.api.discovery.DiscoveryContext;
import io.narthex.api.discovery.TargetGroup;
import io.narthex.api.discovery.TargetGroupSink;
import io.narthex.api.lifecycle.ForgottenWork;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One life of a discoverer, on a virtual thread of its own. Whatever its provider does there,
 * throw, block or flood, stays there.
 */
final class Run implements TargetGroupSink {

  /** Hears what becomes of runs. */
  interface Listener {
    /** New groups; ignored if the run is no longer the source's own. */
    void found(Run run, List<TargetGroup> groups);

    /**
     * @param failure null if it has found all there is
     */
    void ended(Run run, @Nullable Throwable failure);
  }

  final Source source;
  private final Provider provider;
  private final DiscoveryConfig config;
  private final DiscoveryContext context;
  private final Listener listener;
  private final Thread thread;

  Run(
      Source source,
      Provider provider,
      DiscoveryConfig config,
      DiscoveryContext context,
      Listener listener) {
    this.source = source;
    this.provider = provider;
    this.config = config;
    this.context = context;
    this.listener = listener;
    this.thread =
        Thread.ofVirtual()
            .name("discovery " + source.name)
            .unstarted(new ForgottenWork(this::live));
  }

  Provider provider() {
    return provider;
  }

  void start() {
    thread.start();
  }

  /** Asks it to end. */
  void interrupt() {
    thread.interrupt();
  }

  /** Waits for its end, at most so long; whether it has ended. */
  boolean join(java.time.Duration patience) throws InterruptedException {
    return thread.join(patience);
  }

  @Override
  public void update(List<TargetGroup> groups) {
    listener.found(this, List.copyOf(groups.stream().filter(g -> g != null).toList()));
  }

  private void live() {
    Throwable failure = null;
    try {
      provider.service().create(config, context).run(this);
    } catch (InterruptedException e) {
      // Asked to end: by the manager, which knows, or by somebody else, which is an end of its own.
      Thread.currentThread().interrupt();
    } catch (ConfigurationException | RuntimeException | LinkageError | StackOverflowError e) {
      failure = e;
    }
    listener.ended(this, failure);
  }
}
