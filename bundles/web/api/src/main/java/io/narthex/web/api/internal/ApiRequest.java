package io.narthex.web.api.internal;

import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryLanguage;
import io.narthex.model.LabelMatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A request of the API: its parameters, read as the reference reads them. */
final class ApiRequest {

  /** How the language refuses a selector of everything, and how the API does. */
  private static final String EMPTY_SELECTOR =
      "vector selector must contain at least one non-empty matcher";

  private static final String EMPTY_MATCH = "match[] must contain at least one non-empty matcher";

  private final HttpServletRequest http;
  private final Map<String, List<String>> parameters;
  private final String pathPart;

  /**
   * @param pathPart what stands for the variable of the route, empty if it has none
   */
  ApiRequest(HttpServletRequest http, Map<String, List<String>> parameters, String pathPart) {
    this.http = http;
    this.parameters = parameters;
    this.pathPart = pathPart;
  }

  HttpServletRequest http() {
    return http;
  }

  String pathPart() {
    return pathPart;
  }

  /** The first value, empty if there is none. */
  String get(String name) {
    List<String> values = parameters.get(name);
    return values == null ? "" : values.getFirst();
  }

  List<String> all(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  /** A time that must be there. */
  long time(String name) throws ApiException {
    try {
      return Numbers.time(get(name));
    } catch (ApiException e) {
      throw ApiException.parameter(name, e.text());
    }
  }

  /** A time that may be absent. */
  long time(String name, long otherwise) throws ApiException {
    String text = get(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Numbers.time(text);
    } catch (ApiException e) {
      throw ApiException.parameter(name, "invalid time value for '" + name + "': " + e.text());
    }
  }

  /** Milliseconds of a duration; zero if it is absent. */
  double duration(String name) throws ApiException {
    String text = get(name);
    if (text.isEmpty()) {
      return 0;
    }
    try {
      return Numbers.duration(text);
    } catch (ApiException e) {
      throw ApiException.parameter(name, e.text());
    }
  }

  /** The parameter {@code limit}; zero for none. */
  int limit() throws ApiException {
    String text = get("limit");
    if (text.isEmpty()) {
      return 0;
    }
    int limit;
    try {
      limit = Numbers.integer(text);
    } catch (ApiException e) {
      throw ApiException.parameter("limit", e.text());
    }
    if (limit < 0) {
      throw ApiException.parameter("limit", "limit must be non-negative");
    }
    return limit;
  }

  /** A limit of the metadata endpoints; -1 for none. */
  int plainLimit(String name, String message) throws ApiException {
    String text = get(name);
    if (text.isEmpty()) {
      return -1;
    }
    try {
      return Numbers.integer(text);
    } catch (ApiException e) {
      throw new ApiException(ApiException.Type.BAD_DATA, message, e);
    }
  }

  /** The selectors of {@code match[]}, each of which must ask for something. */
  List<List<LabelMatcher>> matchers(QueryLanguage language) throws ApiException {
    List<List<LabelMatcher>> sets = new ArrayList<>();
    for (String selector : all("match[]")) {
      List<LabelMatcher> matchers;
      try {
        matchers = language.parseSelector(selector);
      } catch (QueryException e) {
        String message = String.valueOf(e.getMessage());
        throw new ApiException(
            ApiException.Type.BAD_DATA,
            message.endsWith(EMPTY_SELECTOR) ? EMPTY_MATCH : message,
            e);
      }
      if (matchers.stream().allMatch(LabelMatcher::matchesEmpty)) {
        throw ApiException.badData(EMPTY_MATCH);
      }
      sets.add(matchers);
    }
    return sets;
  }
}
