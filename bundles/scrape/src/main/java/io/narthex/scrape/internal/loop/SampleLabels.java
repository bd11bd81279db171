package io.narthex.scrape.internal.loop;

import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.exposition.ExpositionException;
import io.narthex.api.exposition.ExpositionReader;
import io.narthex.model.LabelNames;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.NameValidation;
import io.narthex.model.relabel.Relabeling;
import org.jspecify.annotations.Nullable;

/** Makes the labels of a target's series: exposed ones, the target's own, relabelled, checked. */
final class SampleLabels {

  private static final int SHOWN = 16 * 1024;

  private final ScrapeConfig job;
  private final Labels target;
  private final LabelLimits limits;

  SampleLabels(ScrapeConfig job, Labels target) {
    this.job = job;
    this.target = target;
    this.limits =
        new LabelLimits(job.labelLimit(), job.labelNameLengthLimit(), job.labelValueLengthLimit());
  }

  /** A limit on labels is exceeded, which is counted apart. */
  static final class LimitException extends Exception {
    private static final long serialVersionUID = 1L;

    LimitException(String message) {
      super(message, null, false, false);
    }
  }

  /** The labels of the series the reader stands at; null if it is dropped. */
  @Nullable Labels of(ExpositionReader reader, LabelsBuilder b)
      throws ScrapeFailure, LimitException {
    try {
      reader.labels(b);
    } catch (ExpositionException e) {
      throw new ScrapeFailure(String.valueOf(e.getMessage()));
    }
    addTargetLabels(b);
    if (!Relabeling.apply(job.metricRelabelRules(), b) || b.size() == 0) {
      return null;
    }
    Labels labels = b.build();
    check(labels);
    limits.check(labels);
    return labels;
  }

  private void addTargetLabels(LabelsBuilder b) {
    if (job.honorLabels()) {
      for (int i = 0; i < target.size(); i++) {
        if (!b.has(target.name(i)) && !b.hasLeftOut(target.name(i))) {
          b.set(target.name(i), target.value(i));
        }
      }
      return;
    }
    // Names that both sides use, and the exposed values; short names first.
    String[] conflicts = new String[0];
    int n = 0;
    for (int i = 0; i < target.size(); i++) {
      String exposed = b.get(target.name(i));
      if (!exposed.isEmpty()) {
        if (n == 0) {
          conflicts = new String[target.size() * 2];
        }
        n = insertByLength(conflicts, n, target.name(i), exposed);
      }
      b.set(target.name(i), target.value(i));
    }
    for (int i = 0; i < n; i += 2) {
      String name = "exported_" + conflicts[i];
      while (b.has(name)) {
        name = "exported_" + name;
      }
      b.set(name, conflicts[i + 1]);
    }
  }

  private static int insertByLength(String[] pairs, int n, String name, String value) {
    int i = n;
    while (i > 0 && pairs[i - 2].length() > name.length()) {
      pairs[i] = pairs[i - 2];
      pairs[i + 1] = pairs[i - 1];
      i -= 2;
    }
    pairs[i] = name;
    pairs[i + 1] = value;
    return n + 2;
  }

  private void check(Labels labels) throws ScrapeFailure {
    NameValidation scheme = job.metricNameValidation();
    String metric = labels.find(Labels.NAME);
    if (metric == null) {
      throw new ScrapeFailure("missing metric name (__name__ label)");
    }
    boolean valid = LabelNames.isValidMetricName(metric, scheme);
    for (int i = 0; valid && i < labels.size(); i++) {
      valid =
          LabelNames.isValidLabelName(labels.name(i), scheme) && LabelNames.isUtf8(labels.value(i));
    }
    if (!valid) {
      String shown = labels.toString();
      // A message must not grow with a hostile body.
      throw new ScrapeFailure(
          "invalid metric name or label names: "
              + (shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "..."));
    }
  }
}
