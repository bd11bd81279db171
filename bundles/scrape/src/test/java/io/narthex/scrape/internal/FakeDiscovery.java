package io.narthex.scrape.internal;

import io.narthex.api.discovery.DiscoveredTargets;
import io.narthex.api.discovery.TargetGroup;
import io.narthex.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;

/** Hands over what a test puts in. */
final class FakeDiscovery implements DiscoveredTargets {

  private final LinkedBlockingQueue<Map<String, List<TargetGroup>>> queue =
      new LinkedBlockingQueue<>();

  void put(Map<String, List<TargetGroup>> targets) {
    queue.add(targets);
  }

  /** One job with these addresses. */
  void put(String job, String... addresses) {
    put(Map.of(job, List.of(group(addresses))));
  }

  static TargetGroup group(String... addresses) {
    List<Labels> targets = new ArrayList<>();
    for (String a : addresses) {
      targets.add(Labels.of("__address__", a));
    }
    return new TargetGroup("test", targets, Labels.EMPTY);
  }

  @Override
  public Map<String, List<TargetGroup>> await() throws InterruptedException {
    return queue.take();
  }
}
