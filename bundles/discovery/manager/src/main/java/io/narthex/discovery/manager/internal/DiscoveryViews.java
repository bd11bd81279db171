package io.narthex.discovery.manager.internal;

import io.narthex.api.discovery.DiscoveryView;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What both managers are doing, for people. */
@Component
public final class DiscoveryViews implements DiscoveryView {

  private final DiscoveryManager scrape;
  private final DiscoveryManager notify;

  @Activate
  public DiscoveryViews(@Reference ScrapeDiscovery scrape, @Reference NotifyDiscovery notify) {
    this.scrape = scrape.manager();
    this.notify = notify.manager();
  }

  @Override
  public List<SectionStatus> sections() {
    List<SectionStatus> all = new ArrayList<>(scrape.sections());
    all.addAll(notify.sections());
    return all;
  }

  @Override
  public List<ProviderStatus> providers() {
    return scrape.installed();
  }
}
