package io.narthex.promql.testlang;

import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.QueryResult;
import io.narthex.model.Labels;
import io.narthex.model.PromDuration;
import io.narthex.model.StaleMarker;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.engine.ActiveQueries;
import io.narthex.promql.internal.engine.EngineOptions;
import io.narthex.promql.internal.engine.Features;
import io.narthex.promql.internal.engine.PromqlEngine;
import io.narthex.promql.internal.engine.QueryEnvironment;
import io.narthex.promql.internal.parse.LanguageOptions;
import io.narthex.promql.internal.parse.ParseException;
import io.narthex.promql.internal.parse.Parser;
import io.narthex.promql.internal.print.PrettyPrinter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Runs a test script and tells which of its evaluations do not give what they should. */
public final class ScriptRunner {

  /** An evaluation that failed. */
  public record Failure(int line, String message) {}

  private static final long MINUTE = 60_000;

  private final List<Failure> failures = new ArrayList<>();
  private MemoryStorage storage = new MemoryStorage();
  private PromqlEngine engine = newEngine(storage);

  private ScriptRunner() {}

  /** The failures of a script. */
  public static List<Failure> run(String script) {
    ScriptRunner runner = new ScriptRunner();
    for (ScriptCommand command : PromqlScript.parse(script)) {
      runner.execute(command);
    }
    runner.engine.close();
    return runner.failures;
  }

  /** The engine that the scripts are written for. */
  static PromqlEngine newEngine(MemoryStorage storage) {
    return new PromqlEngine(
        storage,
        new EngineOptions(
            300_000,
            100_000,
            20,
            10_000,
            1L << 30,
            1L << 30,
            new Features(true, true, true, true, true, false, false)),
        new NoMetrics(),
        ActiveQueries.NONE,
        new QueryEnvironment(() -> MINUTE, System::nanoTime, InstantSource.system(), 0));
  }

  private void execute(ScriptCommand command) {
    try {
      switch (command) {
        case ScriptCommand.Clear c -> {
          engine.close();
          storage = new MemoryStorage();
          engine = newEngine(storage);
        }
        case ScriptCommand.Load l -> load(l);
        case ScriptCommand.Eval e -> eval(e);
      }
    } catch (Mismatch e) {
      failures.add(new Failure(command.line(), e.getMessage()));
    } catch (ParseException | RuntimeException e) {
      failures.add(new Failure(command.line(), String.valueOf(e)));
    }
  }

  /** A result is not the expected one. */
  private static final class Mismatch extends Exception {
    private static final long serialVersionUID = 1L;

    Mismatch(String message) {
      super(message);
    }
  }

  private void load(ScriptCommand.Load load) throws ParseException {
    // Of two lines for one series the later one counts.
    Map<Labels, Loaded> all = new LinkedHashMap<>();
    long[] starts = null;
    for (String line : load.series()) {
      int st = startTimesAt(line);
      if (st > 0) {
        starts = startTimes(line.substring(st));
        continue;
      }
      SeriesNotation series = SeriesNotation.parse(line);
      all.put(series.labels(), new Loaded(series, starts));
      starts = null;
    }
    CustomBucketLoader converted = new CustomBucketLoader();
    all.values().forEach(loaded -> add(loaded, load.step(), converted));
    if (load.customBuckets()) {
      converted.store(storage);
    }
  }

  /** A series to load, and since when its samples count, if that is known. */
  private record Loaded(SeriesNotation series, long[] starts) {}

  private void add(Loaded loaded, long step, CustomBucketLoader converted) {
    SeriesNotation series = loaded.series();
    long[] starts = loaded.starts();
    for (int i = 0; i < series.items().size(); i++) {
      SeriesNotation.Item item = series.items().get(i);
      if (item.kind() == SeriesNotation.Kind.GAP) {
        continue;
      }
      long time = i * step;
      FloatHistogram h =
          item.kind() == SeriesNotation.Kind.HISTOGRAM
              ? HistogramNotation.parse(item.text(), (int) item.value())
              : null;
      long start = starts == null || starts[i] == Long.MAX_VALUE ? 0 : time + starts[i];
      storage.add(series.labels(), time, item.value(), h, start);
      if (h == null) {
        converted.add(series.labels(), time, item.value());
      }
    }
  }

  /** Where the start times begin, if the line has such; else -1. */
  private static int startTimesAt(String line) {
    int end = SeriesNotation.selectorEnd(line);
    if (line.startsWith("@st", end)) {
      return end + 3;
    }
    return line.substring(0, end).endsWith("@st") ? end : -1;
  }

  /** Offsets to the samples' own times; MAX_VALUE where there is none. */
  private static long[] startTimes(String text) {
    List<Long> out = new ArrayList<>();
    for (String token : text.trim().split("\\s+")) {
      int x = token.lastIndexOf('x');
      int times = x > 0 ? Integer.parseInt(token.substring(x + 1)) : 0;
      String body = x > 0 ? token.substring(0, x) : token;
      if (body.equals("_")) {
        for (int i = 0; i < Math.max(1, times); i++) {
          out.add(Long.MAX_VALUE);
        }
        continue;
      }
      int sign = Math.max(body.lastIndexOf('+'), body.lastIndexOf('-'));
      long first = signed(sign > 0 ? body.substring(0, sign) : body);
      long step = sign > 0 ? signed(body.substring(sign)) : 0;
      for (int i = 0; i <= times; i++) {
        out.add(first + i * step);
      }
    }
    return out.stream().mapToLong(Long::longValue).toArray();
  }

  private static long signed(String s) {
    boolean negative = s.startsWith("-");
    String text = negative || s.startsWith("+") ? s.substring(1) : s;
    return negative ? -PromDuration.parse(text) : PromDuration.parse(text);
  }

  private void eval(ScriptCommand.Eval e) throws Mismatch, ParseException {
    QueryResult result;
    try {
      result =
          query(
              e.isInstant()
                  ? QueryRequest.instant(e.expression(), e.start())
                  : QueryRequest.range(e.expression(), e.start(), e.end(), e.step()));
    } catch (QueryException failure) {
      checkFailure(e, failure);
      return;
    }
    if (e.expectations().fail) {
      throw new Mismatch("should fail, but gives " + result.value());
    }
    checkNotes(e, result);
    checkValue(e, result.value());
    if (e.isInstant()) {
      checkPinned(e, result);
      checkAsRange(e);
    }
  }

  private QueryResult query(QueryRequest request) throws QueryException {
    try (var query = engine.prepare(request)) {
      return query.execute();
    }
  }

  private static void checkFailure(ScriptCommand.Eval e, QueryException failure) throws Mismatch {
    if (!e.expectations().fail) {
      throw new Mismatch("fails: " + failure.getMessage());
    }
    for (Expectations.Text text : e.expectations().failTexts) {
      if (!text.matches(failure.getMessage())) {
        throw new Mismatch(
            "should fail with " + text.text() + ", but with " + failure.getMessage());
      }
    }
  }

  private static void checkNotes(ScriptCommand.Eval e, QueryResult result) throws Mismatch {
    Expectations x = e.expectations();
    checkNotes("warning", x.noWarn, x.warnings, result.warnings());
    checkNotes("info", x.noInfo, x.infos, result.infos());
  }

  private static void checkNotes(
      String kind, boolean none, List<Expectations.Text> expected, List<String> actual)
      throws Mismatch {
    if (none && !actual.isEmpty()) {
      throw new Mismatch("unexpected " + kind + ": " + actual);
    }
    for (Expectations.Text t : expected) {
      if (actual.stream().noneMatch(t::matches)) {
        throw new Mismatch("missing " + kind + " " + t.text() + ", there is " + actual);
      }
    }
    for (String a : actual) {
      if (!expected.isEmpty() && expected.stream().noneMatch(t -> t.matches(a))) {
        throw new Mismatch("unexpected " + kind + ": " + a);
      }
    }
  }

  private void checkValue(ScriptCommand.Eval e, QueryResult.Value value)
      throws Mismatch, ParseException {
    switch (value) {
      case QueryResult.Text t -> {
        if (!t.value().equals(e.expectations().string)) {
          throw new Mismatch("gives the string " + t.value());
        }
      }
      case QueryResult.Scalar s -> {
        double expected = Double.parseDouble(e.expected().getFirst().replace("Inf", "Infinity"));
        if (!equal(expected, s.value())) {
          throw new Mismatch("expected " + expected + ", got " + s.value());
        }
      }
      case QueryResult.Vector v -> checkVector(e, v);
      case QueryResult.Matrix m -> checkMatrix(e, m);
    }
  }

  private static void checkVector(ScriptCommand.Eval e, QueryResult.Vector v)
      throws Mismatch, ParseException {
    Map<Labels, QueryResult.Sample> actual = new HashMap<>();
    for (QueryResult.Sample s : v.samples()) {
      if (actual.put(s.labels(), s) != null) {
        throw new Mismatch("double " + s.labels());
      }
    }
    int i = 0;
    for (String line : e.expected()) {
      SeriesNotation series = SeriesNotation.parse(line);
      QueryResult.Sample s = actual.remove(series.labels());
      if (s == null) {
        throw new Mismatch("missing " + series.labels() + " in " + v.samples());
      }
      if (e.expectations().ordered && !v.samples().get(i++).labels().equals(series.labels())) {
        throw new Mismatch("order " + v.samples());
      }
      check(series.items().getFirst(), s.value(), s.histogram(), series.labels(), v.timestamp());
    }
    if (!actual.isEmpty()) {
      throw new Mismatch("unexpected " + actual.values());
    }
  }

  private void checkMatrix(ScriptCommand.Eval e, QueryResult.Matrix m)
      throws Mismatch, ParseException {
    long[] range = e.expectations().range;
    long start = range == null ? e.start() : range[0];
    long end = range == null ? e.end() : range[1];
    long step = range == null ? e.step() : range[2];
    Map<Labels, Map<Long, Object>> actual = new HashMap<>();
    Labels before = null;
    for (QueryResult.SeriesColumns s : m.series()) {
      if (before != null && before.compareTo(s.labels()) >= 0) {
        throw new Mismatch("not sorted: " + s.labels());
      }
      before = s.labels();
      actual.put(s.labels(), points(s));
    }
    List<String> lines = e.expected();
    if (lines.size() == 1 && isNumber(lines.getFirst())) {
      lines = List.of("{} " + lines.getFirst() + "x" + (end - start) / step);
    }
    for (String line : lines) {
      SeriesNotation series = SeriesNotation.parse(line);
      Map<Long, Object> points = actual.remove(series.labels());
      if (points == null) {
        throw new Mismatch("missing " + series.labels() + " in " + actual);
      }
      checkPoints(series, points, start, step, end);
    }
    if (!actual.isEmpty()) {
      throw new Mismatch("unexpected " + actual);
    }
  }

  private static boolean isNumber(String s) {
    return s.chars().allMatch(c -> "0123456789.eE+-".indexOf(c) >= 0)
        || s.equals("NaN")
        || (s.endsWith("Inf") && s.length() <= 4);
  }

  private static void checkPoints(
      SeriesNotation series, Map<Long, Object> points, long start, long step, long end)
      throws Mismatch {
    Map<Long, Object> left = new HashMap<>(points);
    for (int i = 0; i < series.items().size(); i++) {
      SeriesNotation.Item item = series.items().get(i);
      long t = start + i * step;
      if (t > end) {
        break;
      }
      Object point = left.remove(t);
      if (item.kind() == SeriesNotation.Kind.GAP) {
        if (point != null) {
          throw new Mismatch(series.labels() + " has " + point + " at " + t);
        }
        continue;
      }
      if (point == null) {
        throw new Mismatch(series.labels() + " has nothing at " + t + ", but " + points);
      }
      FloatHistogram h = point instanceof FloatHistogram f ? f : null;
      check(item, point instanceof Double d ? d : 0, h, series.labels(), t);
    }
    if (!left.isEmpty()) {
      throw new Mismatch(series.labels() + " has also " + left);
    }
  }

  private static Map<Long, Object> points(QueryResult.SeriesColumns s) {
    Map<Long, Object> points = new HashMap<>();
    for (int i = 0; i < s.floats(); i++) {
      points.put(s.floatTimes()[i], s.floatValues()[i]);
    }
    for (int i = 0; i < s.histogramCount(); i++) {
      points.put(s.histogramTimes()[i], s.histograms()[i]);
    }
    return points;
  }

  private static void check(
      SeriesNotation.Item expected, double value, FloatHistogram histogram, Labels l, long t)
      throws Mismatch {
    boolean same;
    if (expected.kind() == SeriesNotation.Kind.HISTOGRAM) {
      same =
          histogram != null
              && HistogramNotation.matches(expected.text(), (int) expected.value(), histogram);
    } else {
      same = histogram == null && equal(expected.value(), value);
    }
    if (!same) {
      throw new Mismatch(
          l
              + " at "
              + t
              + ": expected "
              + (expected.text().isEmpty() ? expected.value() : expected.text())
              + ", got "
              + (histogram == null ? value : histogram));
    }
  }

  /** Equal but for a millionth. */
  static boolean equal(double a, double b) {
    if (StaleMarker.is(a) || StaleMarker.is(b)) {
      return StaleMarker.is(a) && StaleMarker.is(b);
    }
    if (a == b || (Double.isNaN(a) && Double.isNaN(b))) {
      return true;
    }
    double sum = Math.abs(a) + Math.abs(b);
    double difference = Math.abs(a - b);
    if (a == 0 || b == 0 || sum < Double.MIN_NORMAL) {
      return difference < 1e-6 * Double.MIN_NORMAL;
    }
    return difference / Math.min(sum, Double.MAX_VALUE) < 1e-6;
  }

  /** The same with all selectors pinned must not depend on the time of evaluation. */
  private void checkPinned(ScriptCommand.Eval e, QueryResult plain)
      throws Mismatch, ParseException {
    Expr expr = Parser.parse(e.expression(), LanguageOptions.ALL);
    if (Pinning.isStepDependent(expr) || e.expectations().range != null) {
      return;
    }
    String pinned = PrettyPrinter.print(Pinning.pin(expr, e.start())).replaceAll("\\s*\n\\s*", " ");
    long t = e.start();
    long[] times = t == 0 ? new long[] {-1000, 0, 1000} : new long[] {-10 * t, 0, t / 5, t, 10 * t};
    for (long time : times) {
      ScriptCommand.Eval again =
          new ScriptCommand.Eval(e.line(), time, time, 0, pinned, e.expectations(), e.expected());
      try {
        QueryResult result = query(QueryRequest.instant(pinned, time));
        checkValue(again, result.value());
        checkSameNotes(plain.warnings(), result.warnings());
        checkSameNotes(plain.infos(), result.infos());
      } catch (QueryException | Mismatch wrong) {
        throw new Mismatch("pinned, at " + time + ", as " + pinned + ": " + wrong.getMessage());
      }
    }
  }

  /** Places differ, as the text does, and so do the times of evaluation that some notes tell. */
  private static void checkSameNotes(List<String> a, List<String> b) throws Mismatch {
    if (!withoutPlaces(a).equals(withoutPlaces(b))) {
      throw new Mismatch("notes " + b + " instead of " + a);
    }
  }

  private static Set<String> withoutPlaces(List<String> notes) {
    Set<String> texts = new TreeSet<>();
    notes.forEach(n -> texts.add(n.replaceFirst("(, over .*)? \\(\\d+:\\d+\\)$", "")));
    return texts;
  }

  /** The middle of a range of three steps must be the same. */
  private void checkAsRange(ScriptCommand.Eval e) throws Mismatch, ParseException {
    String text = e.expression();
    if (e.expectations().ordered
        || e.expectations().string != null
        || e.expectations().range != null
        || text.contains("start()")
        || text.contains("end()")
        || text.contains("range()")
        || text.contains("step()")) {
      return;
    }
    try {
      QueryResult result =
          query(QueryRequest.range(text, e.start() - MINUTE, e.start() + MINUTE, MINUTE));
      List<QueryResult.Sample> middle = new ArrayList<>();
      for (QueryResult.SeriesColumns s : ((QueryResult.Matrix) result.value()).series()) {
        Object point = points(s).get(e.start());
        if (point instanceof FloatHistogram h) {
          middle.add(new QueryResult.Sample(s.labels(), 0, h));
        } else if (point instanceof Double d) {
          middle.add(new QueryResult.Sample(s.labels(), d, null));
        }
      }
      boolean scalar = e.expected().size() == 1 && isNumber(e.expected().getFirst());
      checkValue(
          e,
          scalar
              ? new QueryResult.Scalar(e.start(), middle.getFirst().value())
              : new QueryResult.Vector(e.start(), middle));
    } catch (QueryException | Mismatch wrong) {
      throw new Mismatch("as a range: " + wrong.getMessage());
    }
  }
}
