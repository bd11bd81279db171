package io.narthex.api.query;

import io.narthex.model.Labels;
import io.narthex.model.histogram.FloatHistogram;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a query.
 *
 * @param warnings in the order they are shown
 */
public record QueryResult(
    Value value, List<String> warnings, List<String> infos, Statistics statistics) {

  public QueryResult {
    warnings = List.copyOf(warnings);
    infos = List.copyOf(infos);
  }

  /** A value of one of PromQL's types. */
  public sealed interface Value permits Scalar, Text, Vector, Matrix {}

  public record Scalar(long timestamp, double value) implements Value {}

  /** PromQL's string. */
  public record Text(long timestamp, String value) implements Value {}

  /** An instant vector: all samples have one timestamp; the order is meaningful. */
  public record Vector(long timestamp, List<Sample> samples) implements Value {}

  /** A histogram if {@code histogram} is not null, else a float. */
  public record Sample(Labels labels, double value, @Nullable FloatHistogram histogram) {}

  /** Series sorted by labels. */
  public record Matrix(List<SeriesColumns> series) implements Value {}

  /**
   * One series: floats and histograms in columns of their own, each ascending in time. The arrays
   * may be longer than the counts.
   */
  public record SeriesColumns(
      Labels labels,
      int floats,
      long[] floatTimes,
      double[] floatValues,
      int histogramCount,
      long[] histogramTimes,
      FloatHistogram[] histograms) {}

  /**
   * @param timings seconds by the reference's names, for instance {@code evalTotalTime}
   * @param samplesPerStep time and count by turns, null if it was not asked for
   */
  public record Statistics(
      Map<String, Double> timings,
      long totalQueryableSamples,
      long samplesRead,
      long peakSamples,
      long @Nullable [] samplesPerStep,
      long @Nullable [] samplesReadPerStep) {}
}
