package io.narthex.web.api.internal;

import io.narthex.api.query.QueryEngine;
import io.narthex.api.query.QueryEngine.Query;
import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryOrigin;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.QueryResult;
import io.narthex.api.storage.ExemplarQuerier.SeriesExemplars;
import io.narthex.api.storage.StorageException;
import io.narthex.api.web.WebServerView;
import io.narthex.model.Exemplar;
import io.narthex.model.GoQuote;
import io.narthex.model.LabelMatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Queries and what belongs to the query language. */
final class QueryEndpoints {

  private static final int MAX_POINTS = 11_000;
  private static final int MAX_ANNOTATIONS = 10;

  private final Backends backends;
  private final InstantSource clock;

  QueryEndpoints(Backends backends, InstantSource clock) {
    this.backends = backends;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.form("/query", this::query).serverOnly(),
        Route.form("/query_range", this::queryRange).serverOnly(),
        Route.form("/query_exemplars", this::queryExemplars).serverOnly(),
        Route.form("/format_query", this::formatQuery).serverOnly(),
        Route.form("/parse_query", this::parseQuery).serverOnly());
  }

  private Answer query(ApiRequest r) throws ApiException {
    int limit = r.limit();
    long time = r.time("time", clock.millis());
    long timeout = (long) r.duration("timeout");
    String expression = r.get("query");
    return run(
        r,
        new QueryRequest(expression, time, time, 0, timeout, lookback(r), perStep(r), origin(r)),
        limit);
  }

  private Answer queryRange(ApiRequest r) throws ApiException {
    int limit = r.limit();
    long start = r.time("start");
    long end = r.time("end");
    if (end < start) {
      throw ApiException.parameter("end", "end timestamp must not be before start time");
    }
    double step;
    try {
      step = Numbers.duration(r.get("step"));
    } catch (ApiException e) {
      throw ApiException.parameter("step", e.text());
    }
    if (step < 1) {
      throw ApiException.parameter(
          "step",
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    long stepMillis = (long) step;
    if ((end - start) / stepMillis > MAX_POINTS) {
      throw ApiException.badData(
          "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query"
              + " resolution (?step=XX)");
    }
    long timeout = (long) r.duration("timeout");
    String expression = r.get("query");
    return run(
        r,
        new QueryRequest(
            expression, start, end, stepMillis, timeout, lookback(r), perStep(r), origin(r)),
        limit);
  }

  private static long lookback(ApiRequest r) throws ApiException {
    String text = r.get("lookback_delta");
    if (text.isEmpty()) {
      return 0;
    }
    try {
      return (long) Numbers.duration(text);
    } catch (ApiException e) {
      throw ApiException.badData("error parsing lookback delta duration: " + e.text());
    }
  }

  private static boolean perStep(ApiRequest r) {
    return r.get("stats").equals("all");
  }

  private static QueryOrigin origin(ApiRequest r) {
    HttpServletRequest http = r.http();
    return new QueryOrigin.Http(http.getRemoteAddr(), http.getMethod(), http.getRequestURI());
  }

  /** Says whether the client has hung up. */
  private static BooleanSupplier abandoned(ApiRequest r) {
    return r.http().getAttribute(WebServerView.GONE) instanceof BooleanSupplier gone
        ? gone
        : () -> false;
  }

  private Answer run(ApiRequest r, QueryRequest request, int limit) throws ApiException {
    QueryEngine engine = backends.engine();
    Query query;
    try {
      query = engine.prepare(request);
    } catch (QueryException e) {
      throw e.kind() == QueryException.Kind.BAD_DATA
          ? ApiException.parameter("query", String.valueOf(e.getMessage()))
          : failure(e);
    }
    QueryResult result;
    try {
      result = query.execute(abandoned(r));
    } catch (QueryException e) {
      query.close();
      throw failure(e);
    } catch (RuntimeException | Error e) {
      query.close();
      throw e;
    }
    List<String> warnings = annotations(result.warnings(), "warning");
    if (limit > 0 && ResultWriter.size(result.value()) > limit) {
      warnings.add("results truncated due to limit");
    }
    String stats = r.get("stats");
    if (!stats.isEmpty() && !stats.equals("true") && !stats.equals("all")) {
      warnings.add(
          "value "
              + GoQuote.quote(stats)
              + " for parameter \"stats\" is deprecated and will be rejected in the next major"
              + " release, use \"true\" or \"all\"");
    }
    return new Answer(
        json -> ResultWriter.write(json, result, limit, !stats.isEmpty()),
        warnings,
        annotations(result.infos(), "info"),
        query::close);
  }

  /** At most ten, and how many more there are. */
  private static List<String> annotations(List<String> all, String kind) {
    List<String> shown = new ArrayList<>(all.subList(0, Math.min(MAX_ANNOTATIONS, all.size())));
    if (all.size() > MAX_ANNOTATIONS) {
      shown.add(all.size() - MAX_ANNOTATIONS + " more " + kind + " annotations omitted");
    }
    return shown;
  }

  private static ApiException failure(QueryException e) {
    ApiException.Type type =
        switch (e.kind()) {
          case BAD_DATA -> ApiException.Type.BAD_DATA;
          case EXECUTION -> ApiException.Type.EXECUTION;
          case CANCELED -> ApiException.Type.CANCELED;
          case TIMEOUT -> ApiException.Type.TIMEOUT;
          case INTERNAL -> ApiException.Type.INTERNAL;
        };
    return new ApiException(type, String.valueOf(e.getMessage()), e);
  }

  private Answer queryExemplars(ApiRequest r) throws ApiException {
    long start = r.time("start", Numbers.MIN_TIME);
    long end = r.time("end", Numbers.MAX_TIME);
    if (end < start) {
      throw ApiException.badData("end timestamp must not be before start timestamp");
    }
    List<List<LabelMatcher>> selectors;
    try {
      selectors = backends.language().selectors(r.get("query"));
    } catch (QueryException e) {
      throw new ApiException(ApiException.Type.BAD_DATA, String.valueOf(e.getMessage()), e);
    }
    if (selectors.isEmpty()) {
      return Answer.nothing();
    }
    List<SeriesExemplars> found;
    try {
      found = backends.exemplars().select(start, end, selectors);
    } catch (StorageException e) {
      throw Failures.of(e);
    }
    return Answer.of(json -> exemplars(json, found));
  }

  private static void exemplars(JsonWriter json, List<SeriesExemplars> found) throws IOException {
    json.beginArray();
    for (SeriesExemplars series : found) {
      json.beginObject().key("seriesLabels");
      ResultWriter.labels(json, series.labels());
      json.key("exemplars").beginArray();
      for (Exemplar exemplar : series.exemplars()) {
        json.beginObject().key("labels");
        ResultWriter.labels(json, exemplar.labels());
        json.key("value").sampleValue(exemplar.value());
        json.key("timestamp").timestamp(exemplar.timestamp());
        json.endObject();
      }
      json.endArray().endObject();
    }
    json.endArray();
  }

  private Answer formatQuery(ApiRequest r) throws ApiException {
    try {
      String formatted = backends.language().format(r.get("query"));
      return Answer.of(json -> json.string(formatted));
    } catch (QueryException e) {
      throw ApiException.parameter("query", String.valueOf(e.getMessage()));
    }
  }

  private Answer parseQuery(ApiRequest r) throws ApiException {
    try {
      String tree = backends.language().syntaxTreeJson(r.get("query"));
      return Answer.of(json -> json.raw(tree));
    } catch (QueryException e) {
      throw ApiException.parameter("query", String.valueOf(e.getMessage()));
    }
  }
}
