package io.narthex.web.api.internal;

import io.narthex.api.query.QueryOrigin;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.RunningQueries.RunningQuery;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** The queries that run or wait, and their ends. What the reference does not have. */
final class RunningQueryEndpoints {

  private final Backends backends;

  RunningQueryEndpoints(Backends backends) {
    this.backends = backends;
  }

  /** Cancelling is a DELETE: no page of another site can make a browser send one. */
  List<Route> routes() {
    return List.of(
        Route.get("/narthex/queries", this::queries).serverOnly(),
        Route.of("/narthex/queries/:id", Set.of("DELETE"), this::cancel).serverOnly());
  }

  private Answer queries(ApiRequest r) throws ApiException {
    List<RunningQuery> running = backends.runningQueries().running();
    return Answer.of(json -> {
      json.beginObject().key("queries").beginArray();
      for (RunningQuery query : running) {
        write(json, query);
      }
      json.endArray().endObject();
    });
  }

  private static void write(JsonWriter json, RunningQuery query) throws IOException {
    QueryRequest request = query.request();
    json.beginObject().key("id").number(query.id());
    json.key("query").string(request.expression());
    json.key("start").timestamp(request.start());
    json.key("end").timestamp(request.end());
    json.key("step").number(request.step() / 1000.0);
    json.key("since").string(Numbers.rfc3339(query.since()));
    json.key("waiting").bool(query.waiting());
    json.key("samples").number(query.samples()).key("bytes").number(query.bytes());
    origin(json, request.origin());
    json.endObject();
  }

  private static void origin(JsonWriter json, QueryOrigin origin) throws IOException {
    switch (origin) {
      case QueryOrigin.Http http -> {
        json.key("httpRequest").beginObject().key("clientIP").string(http.clientIp());
        json.key("method").string(http.method()).key("path").string(http.path()).endObject();
      }
      case QueryOrigin.Rule rule -> {
        json.key("ruleGroup").beginObject().key("file").string(rule.file());
        json.key("name").string(rule.group()).endObject();
      }
      case QueryOrigin.Internal _ -> {}
    }
  }

  private Answer cancel(ApiRequest r) throws ApiException {
    long id;
    try {
      id = Long.parseLong(r.pathPart());
    } catch (NumberFormatException e) {
      throw new ApiException(
          ApiException.Type.BAD_DATA, "the id of a query is a number: " + r.pathPart(), e);
    }
    if (!backends.runningQueries().cancel(id)) {
      throw new ApiException(ApiException.Type.NOT_FOUND, "no query with id " + id + " runs");
    }
    return Answer.nothing();
  }
}
