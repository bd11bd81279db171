package org.example.hello;

import io.narthex.api.discovery.Discoverer;
import io.narthex.api.discovery.DiscoveryContext;
import io.narthex.api.discovery.TargetGroup;
import io.narthex.api.discovery.TargetGroupSink;
import io.narthex.model.Labels;
import java.time.Duration;
import java.util.List;

/** Greets every host of its section again and again; a real one would ask somebody for them. */
final class HelloDiscoverer implements Discoverer {
  private final HelloConfig config;
  private final DiscoveryContext context;

  HelloDiscoverer(HelloConfig config, DiscoveryContext context) {
    this.config = config;
    this.context = context;
  }

  @Override
  public void run(TargetGroupSink sink) throws InterruptedException {
    while (true) {
      sink.update(List.of(find()));
      context.pause(Duration.ofMillis(config.refreshMillis()));
    }
  }

  private TargetGroup find() {
    List<Labels> targets =
        config.hosts().stream()
            .map(host ->
                Labels.of("__address__", host + ":" + config.port(), "__meta_hello_host", host))
            .toList();
    return new TargetGroup("hello", targets, Labels.EMPTY);
  }
}
