package io.narthex.discovery.manager.internal;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.discovery.Discoverer;
import io.narthex.api.discovery.DiscoveryConfig;
import io.narthex.api.discovery.DiscoveryContext;
import io.narthex.api.discovery.DiscoveryProvider;
import io.narthex.api.discovery.TargetGroup;
import io.narthex.api.discovery.TargetGroupSink;
import io.narthex.model.Labels;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider whose discoverers do what the test says. */
final class FakeProvider implements DiscoveryProvider {

  record Config(String text) implements DiscoveryConfig {}

  private final String kind;

  /** Discoverers that began to run and were not looked at yet. */
  final BlockingQueue<Life> lives = new LinkedBlockingQueue<>();

  final AtomicInteger running = new AtomicInteger();
  volatile boolean refusesToParse;
  volatile boolean throwsInCreate;

  FakeProvider(String kind) {
    this.kind = kind;
  }

  /** One running discoverer. */
  static final class Life {
    final Config config;
    final TargetGroupSink sink;
    final CountDownLatch end = new CountDownLatch(1);
    volatile boolean fails;

    Life(Config config, TargetGroupSink sink) {
      this.config = config;
      this.sink = sink;
    }

    void finds(String source, String... addresses) {
      sink.update(
          List.of(
              new TargetGroup(
                  source,
                  List.of(addresses).stream().map(a -> Labels.of("__address__", a)).toList(),
                  Labels.EMPTY)));
    }

    void fail() {
      fails = true;
      end.countDown();
    }
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public DiscoveryConfig parse(ConfigNode section) throws ConfigurationException {
    if (refusesToParse) {
      throw section.error("refused");
    }
    return new Config(section.text());
  }

  @Override
  public Discoverer create(DiscoveryConfig config, DiscoveryContext context)
      throws ConfigurationException {
    if (throwsInCreate) {
      throw new ConfigurationException("no such thing");
    }
    return sink -> {
      running.incrementAndGet();
      Life life = new Life((Config) config, sink);
      lives.add(life);
      try {
        life.end.await();
        if (life.fails) {
          throw new IllegalStateException("broken");
        }
      } finally {
        running.decrementAndGet();
      }
    };
  }

  Life life() throws InterruptedException {
    return lives.take();
  }
}
