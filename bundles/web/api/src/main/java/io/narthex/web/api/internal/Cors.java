package io.narthex.web.api.internal;

import io.narthex.model.Regex;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Tells browsers which other sites' scripts may read the answers. */
final class Cors {

  private final Regex origins;

  Cors(String origins) {
    this.origins = Regex.anchored(origins);
  }

  void apply(HttpServletRequest request, HttpServletResponse response) {
    response.addHeader("Vary", "Origin");
    String origin = request.getHeader("Origin");
    if (origin == null || origin.isEmpty()) {
      return;
    }
    response.setHeader(
        "Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, Origin");
    response.setHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
    response.setHeader("Access-Control-Expose-Headers", "Date");
    if (origins.source().equals(".*")) {
      response.setHeader("Access-Control-Allow-Origin", "*");
    } else if (origins.matches(origin)) {
      response.setHeader("Access-Control-Allow-Origin", origin);
    }
  }
}
