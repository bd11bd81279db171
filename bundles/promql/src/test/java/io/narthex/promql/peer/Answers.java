package io.narthex.promql.peer;

import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.QueryResult;
import io.narthex.model.Labels;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.PromqlEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An answer in a form that two programs share: series by their labels, each with its samples by
 * time; a sample is one number, or a histogram's count, sum and buckets that hold something.
 *
 * @param error the kind of the error, empty for none
 */
record Answers(
    String error,
    String type,
    Map<String, Map<Long, List<Double>>> series,
    TreeSet<String> warnings,
    TreeSet<String> infos) {

  static Answers here(PromqlEngine engine, QueryRequest request) {
    Map<String, Map<Long, List<Double>>> series = new TreeMap<>();
    try (var query = engine.prepare(request)) {
      QueryResult result = query.execute();
      String type =
          switch (result.value()) {
            case QueryResult.Scalar s -> {
              series.put("", Map.of(s.timestamp(), List.of(s.value())));
              yield "scalar";
            }
            case QueryResult.Text t -> "string";
            case QueryResult.Vector v -> {
              for (QueryResult.Sample s : v.samples()) {
                series.put(
                    s.labels().toString(),
                    Map.of(v.timestamp(), numbers(s.value(), s.histogram())));
              }
              yield "vector";
            }
            case QueryResult.Matrix m -> {
              m.series().forEach(s -> series.put(s.labels().toString(), points(s)));
              yield "matrix";
            }
          };
      return new Answers(
          "", type, series, new TreeSet<>(result.warnings()), new TreeSet<>(result.infos()));
    } catch (QueryException e) {
      return new Answers(e.kind().name(), "", series, new TreeSet<>(), new TreeSet<>());
    }
  }

  private static Map<Long, List<Double>> points(QueryResult.SeriesColumns s) {
    Map<Long, List<Double>> points = new TreeMap<>();
    for (int i = 0; i < s.floats(); i++) {
      points.put(s.floatTimes()[i], List.of(s.floatValues()[i]));
    }
    for (int i = 0; i < s.histogramCount(); i++) {
      points.put(s.histogramTimes()[i], numbers(0, s.histograms()[i]));
    }
    return points;
  }

  private static List<Double> numbers(
      double value, @org.jspecify.annotations.Nullable FloatHistogram h) {
    if (h == null) {
      return List.of(value);
    }
    List<Double> numbers = new ArrayList<>(List.of(h.count(), h.sum()));
    for (int i = h.negativeCounts().length - 1; i >= 0; i--) {
      add(numbers, h.negativeCounts()[i]);
    }
    if (h.zeroCount() > 0) {
      numbers.add(h.zeroCount());
    }
    for (double c : h.positiveCounts()) {
      add(numbers, c);
    }
    return numbers;
  }

  private static void add(List<Double> numbers, double count) {
    if (count != 0) {
      numbers.add(count);
    }
  }

  @SuppressWarnings("unchecked") // the shape of the answer is known
  static Answers there(Map<String, Object> answer) {
    TreeSet<String> warnings = texts(answer.get("warnings"));
    TreeSet<String> infos = texts(answer.get("infos"));
    Map<String, Map<Long, List<Double>>> series = new TreeMap<>();
    if (!"success".equals(answer.get("status"))) {
      String kind = "bad_data".equals(answer.get("errorType")) ? "BAD_DATA" : "EXECUTION";
      return new Answers(kind, "", series, new TreeSet<>(), new TreeSet<>());
    }
    Map<String, Object> data = (Map<String, Object>) answer.get("data");
    String type = (String) data.get("resultType");
    List<Object> result = (List<Object>) data.get("result");
    if (type.equals("scalar")) {
      Map<Long, List<Double>> points = new TreeMap<>();
      point(points, result);
      series.put("", points);
    } else if (!type.equals("string")) {
      for (Object o : result) {
        Map<String, Object> one = (Map<String, Object>) o;
        Map<Long, List<Double>> points = new TreeMap<>();
        for (String key : List.of("value", "histogram")) {
          if (one.containsKey(key)) {
            point(points, (List<Object>) one.get(key));
          }
        }
        for (String key : List.of("values", "histograms")) {
          for (Object p : (List<Object>) one.getOrDefault(key, List.of())) {
            point(points, (List<Object>) p);
          }
        }
        series.put(Labels.of((Map<String, String>) one.get("metric")).toString(), points);
      }
    }
    return new Answers("", type, series, warnings, infos);
  }

  @SuppressWarnings("unchecked") // the shape of the answer is known
  private static void point(Map<Long, List<Double>> points, List<Object> pair) {
    long time = Math.round((Double) pair.get(0) * 1000);
    if (pair.get(1) instanceof String value) {
      points.put(time, List.of(number(value)));
      return;
    }
    Map<String, Object> h = (Map<String, Object>) pair.get(1);
    List<Double> numbers =
        new ArrayList<>(List.of(number((String) h.get("count")), number((String) h.get("sum"))));
    for (Object b : (List<Object>) h.getOrDefault("buckets", List.of())) {
      numbers.add(number((String) ((List<Object>) b).get(3)));
    }
    points.put(time, numbers);
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace("Inf", "Infinity"));
  }

  @SuppressWarnings("unchecked") // the shape of the answer is known
  private static TreeSet<String> texts(@org.jspecify.annotations.Nullable Object list) {
    return list == null ? new TreeSet<>() : new TreeSet<>((List<String>) list);
  }
}
