package io.narthex.launcher.flags;

import java.util.Map;

/** The configurations that flags become: one PID for each area of the server. */
final class Areas {
  static final String FLAGS = "io.narthex.flags";

  private static final Map<String, String> BY_PREFIX =
      Map.ofEntries(
          Map.entry("config.", "io.narthex.config"),
          Map.entry("web.", "io.narthex.web"),
          Map.entry("storage.tsdb.", "io.narthex.storage.tsdb"),
          Map.entry("storage.agent.", "io.narthex.storage.agent"),
          Map.entry("storage.remote.", "io.narthex.storage.remote"),
          Map.entry("rules.", "io.narthex.rules"),
          Map.entry("scrape.", "io.narthex.scrape"),
          Map.entry("alertmanager.", "io.narthex.notifier"),
          Map.entry("query.", "io.narthex.query"),
          Map.entry("log.", "io.narthex.log"),
          Map.entry("console.", "io.narthex.console"));

  private Areas() {}

  /** The PID of a flag; those that belong to no module go to the lifecycle. */
  static String pidOf(String flag) {
    for (Map.Entry<String, String> area : BY_PREFIX.entrySet()) {
      if (flag.startsWith(area.getKey())) {
        return area.getValue();
      }
    }
    return "io.narthex.lifecycle";
  }
}
