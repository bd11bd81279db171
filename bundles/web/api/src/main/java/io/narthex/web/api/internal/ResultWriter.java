package io.narthex.web.api.internal;

import io.narthex.api.query.QueryResult;
import io.narthex.api.query.QueryResult.Matrix;
import io.narthex.api.query.QueryResult.Sample;
import io.narthex.api.query.QueryResult.Scalar;
import io.narthex.api.query.QueryResult.SeriesColumns;
import io.narthex.api.query.QueryResult.Statistics;
import io.narthex.api.query.QueryResult.Text;
import io.narthex.api.query.QueryResult.Value;
import io.narthex.api.query.QueryResult.Vector;
import io.narthex.model.GoFloat;
import io.narthex.model.Labels;
import io.narthex.model.histogram.FloatHistogram;
import java.io.IOException;

/** Writes the results of queries. */
final class ResultWriter {

  private static final String[] TIMINGS = {
    "evalTotalTime",
    "resultSortTime",
    "queryPreparationTime",
    "innerEvalTime",
    "execQueueTime",
    "execTotalTime"
  };

  private ResultWriter() {}

  /**
   * @param limit the most elements of a vector or matrix, 0 for all
   * @param statistics whether they are asked for
   */
  static void write(JsonWriter json, QueryResult result, int limit, boolean statistics)
      throws IOException {
    json.beginObject().key("resultType").string(type(result.value())).key("result");
    value(json, result.value(), limit == 0 ? Integer.MAX_VALUE : limit);
    if (statistics) {
      json.key("stats");
      statistics(json, result.statistics());
    }
    json.endObject();
  }

  /** How many elements there are that a limit can cut. */
  static int size(Value value) {
    return switch (value) {
      case Vector v -> v.samples().size();
      case Matrix m -> m.series().size();
      case Scalar s -> 0;
      case Text t -> 0;
    };
  }

  private static String type(Value value) {
    return switch (value) {
      case Vector v -> "vector";
      case Matrix m -> "matrix";
      case Scalar s -> "scalar";
      case Text t -> "string";
    };
  }

  private static void value(JsonWriter json, Value value, int limit) throws IOException {
    switch (value) {
      case Scalar s -> {
        json.beginArray();
        json.timestampNumber(s.timestamp());
        json.string(GoFloat.f(s.value())).endArray();
      }
      case Text t -> {
        json.beginArray();
        json.timestampNumber(t.timestamp());
        json.string(t.value()).endArray();
      }
      case Vector v -> {
        json.beginArray();
        int n = Math.min(limit, v.samples().size());
        for (int i = 0; i < n; i++) {
          sample(json, v.timestamp(), v.samples().get(i));
        }
        json.endArray();
      }
      case Matrix m -> {
        json.beginArray();
        int n = Math.min(limit, m.series().size());
        for (int i = 0; i < n; i++) {
          series(json, m.series().get(i));
        }
        json.endArray();
      }
    }
  }

  private static void sample(JsonWriter json, long timestamp, Sample sample) throws IOException {
    json.beginObject().key("metric");
    labels(json, sample.labels());
    FloatHistogram histogram = sample.histogram();
    if (histogram == null) {
      json.key("value").sample(timestamp, sample.value());
    } else {
      json.key("histogram").beginArray();
      json.timestamp(timestamp);
      HistogramWriter.write(json, histogram);
      json.endArray();
    }
    json.endObject();
  }

  private static void series(JsonWriter json, SeriesColumns series) throws IOException {
    json.beginObject().key("metric");
    labels(json, series.labels());
    if (series.floats() > 0) {
      json.key("values").beginArray();
      for (int i = 0; i < series.floats(); i++) {
        json.sample(series.floatTimes()[i], series.floatValues()[i]);
      }
      json.endArray();
    }
    if (series.histogramCount() > 0) {
      json.key("histograms").beginArray();
      for (int i = 0; i < series.histogramCount(); i++) {
        json.beginArray();
        json.timestamp(series.histogramTimes()[i]);
        HistogramWriter.write(json, series.histograms()[i]);
        json.endArray();
      }
      json.endArray();
    }
    json.endObject();
  }

  static void labels(JsonWriter json, Labels labels) throws IOException {
    json.beginObject();
    for (int i = 0; i < labels.size(); i++) {
      json.key(labels.name(i)).string(labels.value(i));
    }
    json.endObject();
  }

  private static void statistics(JsonWriter json, Statistics s) throws IOException {
    json.beginObject().key("timings").beginObject();
    for (String name : TIMINGS) {
      json.key(name).number(s.timings().getOrDefault(name, 0.0));
    }
    json.endObject().key("samples").beginObject();
    perStep(json, "totalQueryableSamplesPerStep", s.samplesPerStep());
    json.key("totalQueryableSamples").number(s.totalQueryableSamples());
    perStep(json, "samplesReadPerStep", s.samplesReadPerStep());
    json.key("samplesRead").number(s.samplesRead());
    json.key("peakSamples").number(s.peakSamples());
    json.endObject().endObject();
  }

  private static void perStep(
      JsonWriter json, String key, long @org.jspecify.annotations.Nullable [] steps)
      throws IOException {
    if (steps == null) {
      return;
    }
    json.key(key).beginArray();
    for (int i = 0; i + 1 < steps.length; i += 2) {
      json.beginArray();
      json.timestamp(steps[i]);
      json.number(steps[i + 1]).endArray();
    }
    json.endArray();
  }
}
