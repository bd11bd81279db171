package io.narthex.web.api.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the route of a path. */
final class Routes {

  private static final String LABEL = "/label/";
  private static final String VALUES = "/values";
  private static final String QUERIES = "/narthex/queries/";

  /** A route and what stands for its variable. */
  record Match(Route route, String part) {}

  private final Map<String, Route> byPattern = new HashMap<>();

  Routes(List<Route> routes) {
    for (Route route : routes) {
      byPattern.put(route.pattern(), route);
    }
  }

  Collection<Route> all() {
    return byPattern.values();
  }

  /**
   * @param path below {@code /api/v1}, decoded
   */
  @Nullable Match find(String path) {
    Route route = byPattern.get(path);
    if (route != null && path.indexOf(':') < 0) {
      return new Match(route, "");
    }
    if (path.startsWith(QUERIES)) {
      Route query = byPattern.get(QUERIES + ":id");
      return query == null ? null : new Match(query, path.substring(QUERIES.length()));
    }
    if (path.startsWith(LABEL) && path.endsWith(VALUES)) {
      int end = path.length() - VALUES.length();
      if (end > LABEL.length() && path.indexOf('/', LABEL.length()) == end) {
        Route label = byPattern.get("/label/:name/values");
        return label == null ? null : new Match(label, path.substring(LABEL.length(), end));
      }
    }
    return null;
  }
}
