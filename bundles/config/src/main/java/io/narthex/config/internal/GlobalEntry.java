package io.narthex.config.internal;

import io.narthex.config.internal.entry.EntryReader;
import java.util.HashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** The global settings of Configuration Admin. */
@Component(
    configurationPid = GlobalEntry.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = GlobalEntry.class)
@Designate(ocd = GlobalForm.class)
public final class GlobalEntry {

  static final String PID = "io.narthex.global";

  private final ConfigurationComponent owner;

  @Activate
  public GlobalEntry(@Reference ConfigurationComponent owner, Map<String, Object> properties) {
    this.owner = owner;
    change(properties);
  }

  @Modified
  void change(Map<String, Object> properties) {
    Map<String, Object> copy = new HashMap<>(properties);
    EntryReader reader = new EntryReader(PID, owner.directory());
    owner.transactions().entryChanged(PID, () -> reader.global(copy));
  }

  @Deactivate
  void remove() {
    owner.transactions().entryChanged(PID, null);
  }
}
