package io.narthex.discovery.manager.internal;

import io.narthex.api.discovery.DiscoveredTargets;
import io.narthex.api.discovery.TargetGroup;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** The targets of scrape jobs. Each consumer has its own, and so gets all of them first. */
@Component(scope = ServiceScope.BUNDLE, property = DiscoveredTargets.MANAGER + "=scrape")
public final class ScrapeTargets implements DiscoveredTargets {

  private final Feed feed;

  @Activate
  public ScrapeTargets(@Reference ScrapeDiscovery discovery) {
    feed = new Feed(discovery.manager());
  }

  @Override
  public Map<String, List<TargetGroup>> await() throws InterruptedException {
    return feed.await();
  }
}
