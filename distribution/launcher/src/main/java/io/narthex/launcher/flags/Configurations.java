package io.narthex.launcher.flags;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The Configuration Admin entries that a command line becomes: one for each area, with a property
 * for each flag, named as the flag. Durations are Longs in milliseconds, sizes Longs in bytes,
 * repeatable flags String arrays. Each entry also says the {@link #MODE} and the features.
 */
public final class Configurations {
  /** Property of every entry: {@code server} or {@code agent}. */
  public static final String MODE = "mode";

  /** The receiver of remote write exists while this entry does. */
  private static final String RECEIVER = "io.narthex.storage.remote.receiver";

  private Configurations() {}

  /** All PIDs that some command line may have an entry for. */
  public static List<String> pids() {
    return Stream.concat(FlagCatalogue.all().stream().map(Flag::pid), Stream.of(RECEIVER))
        .distinct()
        .toList();
  }

  /** The entries by PID. An area that the mode does not have is absent. */
  public static Map<String, Map<String, Object>> of(ParsedFlags flags) {
    Map<String, Map<String, Object>> entries = new TreeMap<>();
    Map<String, Object> shown = new HashMap<>();
    for (Flag flag : flags.values().keySet()) {
      shown.put(flag.name(), flags.text(flag));
      if (!appliesTo(flags.agent(), flag)) {
        continue;
      }
      entry(entries, flag.pid(), flags)
          .put(
              flag.name(),
              flag.repeatable()
                  ? flags.strings(flag.name()).toArray(String[]::new)
                  : flags.value(flag.name()));
    }
    shown.put("web.route-prefix", ExternalUrl.routePrefix(flags));
    entries.put(Areas.FLAGS, shown);
    Object reload = flags.value("scrape.discovery-reload-interval");
    entry(entries, "io.narthex.discovery", flags).put("scrape.discovery-reload-interval", reload);
    if (!flags.agent()) {
      // The configuration says what is kept, and falls back to the flags.
      for (String name : List.of("storage.tsdb.retention.time", "storage.tsdb.retention.size")) {
        entry(entries, "io.narthex.config", flags).put(name, flags.value(name));
      }
    }
    if (!flags.agent()) {
      // The engine keeps the file of active queries beside the database.
      entry(entries, "io.narthex.query", flags)
          .put("storage.tsdb.path", flags.string("storage.tsdb.path"));
    }
    if (flags.value("web.enable-remote-write-receiver").equals(true)) {
      String messages = "web.remote-write-receiver.accepted-protobuf-messages";
      entry(entries, RECEIVER, flags).put(messages, flags.strings(messages).toArray(String[]::new));
    }
    String data = flags.string(flags.agent() ? "storage.agent.path" : "storage.tsdb.path");
    entry(entries, "io.narthex.console", flags)
        .put("console.password-file", Path.of(data, "narthex", "console-password").toString());
    return entries;
  }

  private static Map<String, Object> entry(
      Map<String, Map<String, Object>> entries, String pid, ParsedFlags flags) {
    return entries.computeIfAbsent(
        pid,
        p -> {
          Map<String, Object> properties = new HashMap<>();
          properties.put(MODE, flags.agent() ? "agent" : "server");
          properties.put("enable-feature", flags.features().toArray(String[]::new));
          return properties;
        });
  }

  private static boolean appliesTo(boolean agent, Flag flag) {
    return switch (flag.mode()) {
      case BOTH -> true;
      case SERVER -> !agent;
      case AGENT -> agent;
    };
  }
}
