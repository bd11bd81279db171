package io.narthex.promql.peer;

import java.util.Set;
import java.util.TreeSet;

/**
 * What the version of the reference that is at hand (3.5) does otherwise than the one we follow.
 */
final class KnownDifferences {

  private KnownDifferences() {}

  /** Whether the values that a query gives are known to differ. */
  static boolean covers(String query, Answers here, Answers there) {
    // Pairs without a result did not count where series were matched to several.
    if (here.error().equals("EXECUTION") && there.error().isEmpty()) {
      return query.contains(" on (") || query.contains(" ignoring (");
    }
    // Which of equal samples is taken depends on the order of the storage.
    if (query.matches(".*(top|bottom)k.*") && here.error().equals(there.error())) {
      return true;
    }
    // Values become labels with all their digits, the last of which may differ.
    if (query.contains("count_values")) {
      return true;
    }
    // Histograms in subqueries, and differences of custom buckets, lost or gained buckets.
    if (query.matches(".*(avg|sum)_over_time\\(.*(native|mixed|custom).*")
        || query.matches(".*(idelta|irate).*custom.*")) {
      return true;
    }
    // What the storage knows of resets is not what samples that come one by one tell; changes of
    // histograms were counted differently by instant and range queries.
    if (query.matches(".*(resets|changes)\\(.*(native|mixed|custom).*")) {
      return true;
    }
    // Counters of histograms were extrapolated to before their beginning.
    return query.matches(".*(rate|increase|delta)\\(.*(native|mixed|custom).*");
  }

  /** Annotations as both versions word them. */
  static Set<String> plain(TreeSet<String> annotations) {
    Set<String> plain = new TreeSet<>();
    for (String text : annotations) {
      // Sorting in a range query was not worth a word.
      // A histogram with its sign changed did not become a gauge.
      if (!text.contains("sort is ineffective") && !text.contains("is not a gauge: \"\"")) {
        // Positions in subqueries were those of the whole query; names were told where unknown.
        plain.add(
            text.replaceAll(" \\(\\d+:\\d+\\)$", "")
                .replaceAll("(bucket label.*) for metric name .*", "$1"));
      }
    }
    return plain;
  }
}
