package io.narthex.web.api.internal;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The command line's flags as texts, which the launcher puts into the entry {@code
 * io.narthex.flags}.
 */
@Component(service = ServerFlags.class, configurationPid = "io.narthex.flags")
public final class ServerFlags {

  private final SortedMap<String, String> flags = new TreeMap<>();

  @Activate
  public ServerFlags(Map<String, Object> properties) {
    properties.forEach((name, value) -> {
      if (!name.startsWith("service.")
          && !name.startsWith("component.")
          && !name.startsWith("felix.")
          && !name.startsWith("osgi.")
          && !name.startsWith(":")) {
        flags.put(name, value.toString());
      }
    });
  }

  /** By name. */
  SortedMap<String, String> all() {
    return flags;
  }

  String get(String name) {
    return flags.getOrDefault(name, "");
  }

  boolean isOn(String name) {
    return get(name).equals("true");
  }
}
