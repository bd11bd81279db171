package io.narthex.web.api.internal;

import java.util.List;
import java.util.Set;

/**
 * Endpoints of what this server does not do: those of a server without rules and Alertmanagers
 * answer that there are none; the others refuse.
 */
final class AbsentEndpoints {

  private static final Set<String> FORM = Set.of("GET", "POST");

  List<Route> routes() {
    return List.of(
        Route.get("/rules", r -> empty("groups")).serverOnly(),
        Route.get("/alerts", r -> empty("alerts")).serverOnly(),
        Route.get("/alertmanagers", r -> empty("activeAlertmanagers", "droppedAlertmanagers"))
            .serverOnly(),
        Route.get("/status/self_metrics", r -> later("self metrics")),
        Route.of("/search/metric_names", FORM, r -> search()).serverOnly(),
        Route.of("/search/label_names", FORM, r -> search()).serverOnly(),
        Route.of("/search/label_values", FORM, r -> search()).serverOnly());
  }

  private static Answer empty(String... keys) {
    return Answer.of(json -> {
      json.beginObject();
      for (String key : keys) {
        json.key(key).beginArray().endArray();
      }
      json.endObject();
    });
  }

  private static Answer later(String what) throws ApiException {
    throw new ApiException(ApiException.Type.UNAVAILABLE, "not supported yet: " + what);
  }

  private static Answer search() throws ApiException {
    throw new ApiException(ApiException.Type.UNAVAILABLE, "search API disabled");
  }
}
