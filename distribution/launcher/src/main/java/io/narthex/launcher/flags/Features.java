package io.narthex.launcher.flags;

import java.util.List;
import java.util.Set;

/** The names of {@code --enable-feature}. */
final class Features {
  /** Heeded, or without effect in the reference as well. */
  private static final Set<String> ACCEPTED =
      Set.of(
          "auto-reload-config",
          "exemplar-storage",
          "metadata-wal-records",
          "extra-scrape-metrics",
          "native-histograms",
          "ooo-native-histograms",
          "promql-duration-expr",
          "promql-experimental-functions",
          "promql-delayed-name-removal",
          "promql-extended-range-selectors",
          "promql-binop-fill-modifiers",
          "promql-per-step-stats",
          "created-timestamp-zero-ingestion",
          "fast-startup",
          "delayed-compaction");

  /** Changes nothing that an answer shows, so it may be left out with a warning. */
  private static final Set<String> WARNED =
      Set.of("memory-snapshot-on-shutdown", "concurrent-rule-eval", "use-uncached-io");

  /** Changes what is stored or answered: a server without it would silently differ. */
  private static final Set<String> REFUSED =
      Set.of(
          "xor2-encoding",
          "histograms-st-encoding",
          "st-synthesis",
          "st-storage",
          "use-start-timestamps",
          "old-ui",
          "otlp-deltatocumulative",
          "otlp-native-delta-ingestion",
          "type-and-unit-labels",
          "search-api");

  private Features() {}

  static void check(String name, List<String> warnings) throws CommandLineException {
    if (ACCEPTED.contains(name)) {
      return;
    }
    if (REFUSED.contains(name)) {
      throw Checks.refused("not supported yet: --enable-feature=" + name);
    }
    warnings.add(
        WARNED.contains(name)
            ? "not supported yet, has no effect: --enable-feature=" + name
            : "Unknown option for --enable-feature: " + name);
  }

  static void checkTogether(List<String> names) throws CommandLineException {
    if (names.contains("otlp-deltatocumulative") && names.contains("otlp-native-delta-ingestion")) {
      throw Checks.refused(
          "cannot enable otlp-deltatocumulative and otlp-native-delta-ingestion features at the"
              + " same time");
    }
  }
}
