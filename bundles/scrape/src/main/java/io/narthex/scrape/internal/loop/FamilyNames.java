package io.narthex.scrape.internal.loop;

import io.narthex.api.exposition.ExpositionException;
import io.narthex.api.exposition.ExpositionReader;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.MetricType;
import java.util.List;

/** Which series names belong to a metric family. */
final class FamilyNames {

  private FamilyNames() {}

  /** Whether a series of that name belongs to the family, by the suffixes of its type. */
  static boolean contains(String family, MetricType type, String series) {
    if (!series.startsWith(family)) {
      return false;
    }
    return switch (type) {
      case COUNTER -> cut(family, List.of("_total")).equals(cut(series, List.of("_total")));
      case INFO -> cut(family, List.of("_info")).equals(cut(series, List.of("_info")));
      case HISTOGRAM -> family.equals(cut(series, List.of("_bucket", "_sum", "_count")));
      case GAUGEHISTOGRAM -> family.equals(cut(series, List.of("_bucket", "_gsum", "_gcount")));
      case SUMMARY -> family.equals(cut(series, List.of("_sum", "_count")));
      case UNKNOWN, GAUGE, STATESET -> family.equals(series);
    };
  }

  private static String cut(String name, List<String> suffixes) {
    for (String suffix : suffixes) {
      if (name.endsWith(suffix)) {
        return name.substring(0, name.length() - suffix.length());
      }
    }
    return name;
  }

  /** The exposed name of the series the reader stands at. */
  static String seriesName(ExpositionReader reader, LabelsBuilder scratch) {
    try {
      reader.labels(scratch);
      return scratch.get(Labels.NAME);
    } catch (ExpositionException e) {
      // It was read once already to make the series.
      throw new IllegalStateException(e);
    }
  }
}
