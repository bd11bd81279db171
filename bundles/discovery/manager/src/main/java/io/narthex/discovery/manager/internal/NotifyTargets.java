package io.narthex.discovery.manager.internal;

import io.narthex.api.discovery.DiscoveredTargets;
import io.narthex.api.discovery.TargetGroup;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** The Alertmanagers that were found. Each consumer has its own, and so gets all of them first. */
@Component(scope = ServiceScope.BUNDLE, property = DiscoveredTargets.MANAGER + "=notify")
public final class NotifyTargets implements DiscoveredTargets {

  private final Feed feed;

  @Activate
  public NotifyTargets(@Reference NotifyDiscovery discovery) {
    feed = new Feed(discovery.manager());
  }

  @Override
  public Map<String, List<TargetGroup>> await() throws InterruptedException {
    return feed.await();
  }
}
