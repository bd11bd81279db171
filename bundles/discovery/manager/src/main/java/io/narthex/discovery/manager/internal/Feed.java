package io.narthex.discovery.manager.internal;

import io.narthex.api.discovery.DiscoveredTargets;
import io.narthex.api.discovery.TargetGroup;
import java.util.List;
import java.util.Map;

/** One consumer's view on a manager: what it has seen, and when. */
final class Feed implements DiscoveredTargets {

  private final DiscoveryManager manager;
  private final Throttle throttle = new Throttle();
  private long seen = -1;

  Feed(DiscoveryManager manager) {
    this.manager = manager;
  }

  @Override
  public synchronized Map<String, List<TargetGroup>> await() throws InterruptedException {
    DiscoveryManager.Snapshot snapshot = manager.await(seen, throttle);
    seen = snapshot.version();
    return snapshot.targets();
  }
}
