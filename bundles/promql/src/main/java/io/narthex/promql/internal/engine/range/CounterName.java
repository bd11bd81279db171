package io.narthex.promql.internal.engine.range;

import io.narthex.model.GoQuote;
import io.narthex.model.Labels;
import io.narthex.promql.internal.engine.data.Naming;
import org.jspecify.annotations.Nullable;

/** Tells the user of a rate over a metric that does not look like a counter, once a metric. */
final class CounterName {

  private @Nullable String last;

  void check(RangeInput in) {
    String name = in.labels.metricName();
    boolean typed = in.ex.features().typeAndUnit();
    if (name.isEmpty() || (!typed && name.equals(last))) {
      return;
    }
    last = name;
    if (typed) {
      checkType(in, name, in.labels);
    } else if (!(name.endsWith("_total")
        || name.endsWith("_sum")
        || name.endsWith("_count")
        || name.endsWith("_bucket"))) {
      in.ex
          .notes()
          .info(
              "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
                  + GoQuote.quote(name),
              in.position);
    }
  }

  private static void checkType(RangeInput in, String name, Labels labels) {
    String type = labels.get(Naming.TYPE);
    if (!type.equals("counter") && !type.equals("histogram")) {
      in.ex
          .notes()
          .info(
              "metric might not be a counter, __type__ label is not set to \"counter\" or"
                  + " \"histogram\", got "
                  + GoQuote.quote(type)
                  + ": "
                  + GoQuote.quote(name),
              in.position);
    }
  }
}
