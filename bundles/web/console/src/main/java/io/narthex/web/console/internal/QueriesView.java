package io.narthex.web.console.internal;

import io.narthex.api.query.QueryOrigin;
import io.narthex.api.query.RunningQueries;
import io.narthex.api.query.RunningQueries.RunningQuery;
import java.util.List;

/** Writes the queries that run or wait. */
final class QueriesView {

  private static final String CANCEL = "cancel-";

  private QueriesView() {}

  /** Does what a button stands for; false if there is no such button. */
  static boolean act(RunningQueries queries, String action) {
    if (!action.startsWith(CANCEL)) {
      return false;
    }
    try {
      queries.cancel(Long.parseLong(action.substring(CANCEL.length())));
      return true;
    } catch (NumberFormatException e) {
      return false; // No button of this page.
    }
  }

  static void write(RunningQueries queries, Html html) {
    List<RunningQuery> running = queries.running();
    html.table("Id", "Query", "Asked by", "Since", "State", "Samples held", "Bytes held");
    for (RunningQuery query : running) {
      html.row(
          Long.toString(query.id()),
          query.request().expression(),
          origin(query.request().origin()),
          Times.of(query.since()),
          query.waiting() ? "waiting" : "running",
          Long.toString(query.samples()),
          Long.toString(query.bytes()));
    }
    html.endTable(running, "No query runs.");
    for (RunningQuery query : running) {
      html.button(CANCEL + query.id(), "Cancel " + query.id());
    }
  }

  private static String origin(QueryOrigin origin) {
    return switch (origin) {
      case QueryOrigin.Http http -> http.clientIp();
      case QueryOrigin.Rule rule -> "rules of " + rule.group() + " in " + rule.file();
      case QueryOrigin.Internal _ -> "the server";
    };
  }
}
