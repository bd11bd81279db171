package io.narthex.config.internal;

import io.narthex.config.internal.entry.EntryReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** One scrape job of Configuration Admin; there is an instance for each entry. */
@Component(
    configurationPid = ScrapeJobEntry.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = ScrapeJobEntry.class)
@Designate(ocd = ScrapeJobForm.class, factory = true)
public final class ScrapeJobEntry {

  static final String PID = "io.narthex.scrape.job";

  private final ConfigurationComponent owner;
  private final String pid;

  @Activate
  public ScrapeJobEntry(@Reference ConfigurationComponent owner, Map<String, Object> properties) {
    this.owner = owner;
    pid = Objects.toString(properties.get("service.pid"), PID);
    change(properties);
  }

  @Modified
  void change(Map<String, Object> properties) {
    Map<String, Object> copy = new HashMap<>(properties);
    EntryReader reader = new EntryReader(pid, owner.directory());
    owner.transactions().entryChanged(pid, () -> reader.scrapeJob(copy));
  }

  @Deactivate
  void remove() {
    owner.transactions().entryChanged(pid, null);
  }
}
