package io.narthex.web.api.internal;

import java.util.Set;

/**
 * One path of the API.
 *
 * @param pattern below {@code /api/v1}; {@code :name} stands for one part
 * @param always whether it answers while the server is not ready
 * @param agent whether it answers in agent mode
 */
record Route(
    String pattern, Set<String> methods, boolean always, boolean agent, Endpoint endpoint) {

  private static final Set<String> GET = Set.of("GET");
  private static final Set<String> GET_POST = Set.of("GET", "POST");

  /** Answers GET, in every mode. */
  static Route get(String pattern, Endpoint endpoint) {
    return new Route(pattern, GET, false, true, endpoint);
  }

  /** Answers GET and POST, in every mode. */
  static Route form(String pattern, Endpoint endpoint) {
    return new Route(pattern, GET_POST, false, true, endpoint);
  }

  static Route of(String pattern, Set<String> methods, Endpoint endpoint) {
    return new Route(pattern, methods, false, true, endpoint);
  }

  /** The same, but not in agent mode. */
  Route serverOnly() {
    return new Route(pattern, methods, always, false, endpoint);
  }

  /** The same, even while the server is not ready. */
  Route answersAlways() {
    return new Route(pattern, methods, true, agent, endpoint);
  }
}
