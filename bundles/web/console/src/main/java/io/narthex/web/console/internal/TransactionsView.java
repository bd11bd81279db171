package io.narthex.web.console.internal;

import io.narthex.api.config.ConfigurationTransactions;
import io.narthex.api.config.ConfigurationTransactions.Transaction;
import java.util.List;

/** Writes the configuration's transactions: the last with its difference, then all. */
final class TransactionsView {
  static final String RELOAD = "reload";

  private TransactionsView() {}

  static void write(ConfigurationTransactions transactions, Html html) {
    List<Transaction> history = transactions.history();
    html.heading("Last result");
    if (history.isEmpty()) {
      html.paragraph("Nothing has been loaded yet.");
    } else {
      last(history.getFirst(), html);
    }
    html.button(RELOAD, "Reload");
    html.heading("History").table("Time", "Trigger", "Result", "Took", "Changed lines", "Error");
    for (Transaction one : history) {
      html.row(
          Times.of(one.time()),
          one.trigger(),
          result(one),
          one.duration().toMillis() + " ms",
          Integer.toString(one.difference().size()),
          one.error());
    }
    html.endTable(history, "There is none.");
    html.heading("Configuration in effect")
        .preformatted(transactions.effectiveYaml().lines().toList());
  }

  private static void last(Transaction last, Html html) {
    String error = last.error();
    html.paragraph(
        result(last)
            + " at "
            + Times.of(last.time())
            + ", asked for by "
            + last.trigger()
            + (error == null ? "" : ": " + error));
    if (last.difference().isEmpty()) {
      html.paragraph("Nothing changed.");
    } else {
      html.preformatted(last.difference());
    }
  }

  private static String result(Transaction one) {
    return one.committed() ? "committed" : "refused";
  }
}
