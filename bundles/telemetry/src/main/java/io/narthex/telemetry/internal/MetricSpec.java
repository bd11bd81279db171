package io.narthex.telemetry.internal;

import io.narthex.model.LabelNames;
import java.util.HashSet;
import java.util.List;

/**
 * What a metric is, apart from its values.
 *
 * @param parameters upper bounds of a histogram, quantiles of a summary, else empty
 */
record MetricSpec(
    String name, String help, MetricKind kind, List<String> labelNames, List<Double> parameters) {

  MetricSpec {
    labelNames = List.copyOf(labelNames);
    parameters = List.copyOf(parameters);
    if (!LabelNames.isLegacyMetricName(name)) {
      throw new IllegalArgumentException("invalid metric name: " + name);
    }
    if (kind == MetricKind.COUNTER && !name.endsWith("_total")) {
      throw new IllegalArgumentException("the name of a counter ends with _total: " + name);
    }
    for (String label : labelNames) {
      if (!LabelNames.isLegacyLabelName(label) || label.startsWith("__")) {
        throw new IllegalArgumentException("invalid label name of " + name + ": " + label);
      }
    }
    if (new HashSet<>(labelNames).size() != labelNames.size()) {
      throw new IllegalArgumentException("label names of " + name + " are not distinct");
    }
  }

  /** Whether both can be one family: all but the help is the same. */
  boolean agreesWith(MetricSpec other) {
    return name.equals(other.name)
        && kind == other.kind
        && labelNames.equals(other.labelNames)
        && parameters.equals(other.parameters);
  }
}
