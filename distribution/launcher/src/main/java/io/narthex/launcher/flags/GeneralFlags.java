package io.narthex.launcher.flags;

import static io.narthex.launcher.flags.FlagType.BOOLEAN;
import static io.narthex.launcher.flags.FlagType.DURATION;
import static io.narthex.launcher.flags.FlagType.LOG_FORMAT;
import static io.narthex.launcher.flags.FlagType.LOG_LEVEL;
import static io.narthex.launcher.flags.FlagType.NUMBER;
import static io.narthex.launcher.flags.FlagType.STRING;
import static io.narthex.launcher.flags.Support.NEEDLESS;
import static io.narthex.launcher.flags.Support.REFUSED;

import java.util.List;

/** The configuration file, features, mode, logging and memory. */
final class GeneralFlags {
  private GeneralFlags() {}

  static List<Flag> all() {
    return List.of(
        Flag.of("config.file", STRING, "prometheus.yml", "Path of the configuration file."),
        Flag.of(
            "config.auto-reload",
            BOOLEAN,
            "false",
            "Watch the configuration file and the files it includes, and reload when they change."),
        Flag.of(
            "config.auto-reload-interval",
            DURATION,
            "30s",
            "How often to look for changes of the configuration file; at least 1s."),
        Flag.of(
                "auto-gomaxprocs",
                BOOLEAN,
                "true",
                "Heed the CPU quota of the container; the JVM always does.")
            .with(NEEDLESS),
        Flag.of(
                "auto-gomemlimit",
                BOOLEAN,
                "true",
                "Heed the memory limit of the container; the JVM always does.")
            .with(NEEDLESS),
        Flag.of(
                "auto-gomemlimit.ratio",
                NUMBER,
                "0.9",
                "The share of the memory limit to use; the heap is set in conf/jvm.options instead.")
            .with(NEEDLESS),
        Flag.of(
                "auto-gomemlimit.refresh-interval",
                DURATION,
                "0s",
                "How often to look at the memory limit again; the JVM reads it once.")
            .with(NEEDLESS),
        Flag.of("enable-feature", STRING, "", "Comma separated names of features to switch on.")
            .asRepeatable(),
        Flag.of(
                "agent",
                BOOLEAN,
                "false",
                "Run in agent mode: scrape and forward, keep no queryable data.")
            .with(REFUSED),
        Flag.of(
            "log.level",
            LOG_LEVEL,
            "info",
            "Log messages of this severity and above: debug, info, warn or error."),
        Flag.of("log.format", LOG_FORMAT, "logfmt", "Format of log messages: logfmt or json."),
        Flag.of(
            "console.enable-bundle-upload",
            BOOLEAN,
            "false",
            "Let the web console install and update bundles. Whoever may do that runs code in the server."));
  }
}
