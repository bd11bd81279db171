package io.narthex.promql.internal.engine.function;

import io.narthex.model.LabelNames;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.NameValidation;
import io.narthex.model.Regex;
import io.narthex.model.RegexSyntaxException;
import io.narthex.promql.internal.engine.EvaluationFailure;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code label_replace} and {@code label_join} do to a label set. */
final class LabelFunctions {

  private LabelFunctions() {}

  static VectorOperator replace(VectorOperator input, List<String> args) {
    String target = args.get(0);
    String template = args.get(1);
    String source = args.get(2);
    Regex regex;
    try {
      regex = Regex.anchored(args.get(3));
    } catch (RegexSyntaxException e) {
      throw EvaluationFailure.of("invalid regular expression in label_replace(): " + args.get(3));
    }
    if (!isValid(target)) {
      throw EvaluationFailure.of("invalid destination label name in label_replace(): " + target);
    }
    // Few values stand for many series: each is matched once.
    Map<String, String> known = new HashMap<>();
    return new Relabel(
        input,
        target,
        labels -> {
          String value = labels.get(source);
          String expanded =
              known.computeIfAbsent(
                  value,
                  v -> {
                    String r = regex.expand(v, template);
                    return r == null ? NO_MATCH : r;
                  });
          return isNoMatch(expanded) ? null : set(labels, target, expanded);
        });
  }

  /** No label value: it is no valid text. */
  private static final String NO_MATCH = "\uDC00";

  private static boolean isNoMatch(String s) {
    return s.equals(NO_MATCH);
  }

  static VectorOperator join(VectorOperator input, List<String> args) {
    String target = args.get(0);
    String separator = args.get(1);
    List<String> sources = args.subList(2, args.size());
    for (String source : sources) {
      if (!isValid(source)) {
        throw EvaluationFailure.of("invalid source label name in label_join(): " + source);
      }
    }
    if (!isValid(target)) {
      throw EvaluationFailure.of("invalid destination label name in label_join(): " + target);
    }
    return new Relabel(
        input,
        target,
        labels -> {
          StringBuilder joined = new StringBuilder();
          for (int i = 0; i < sources.size(); i++) {
            joined.append(i == 0 ? "" : separator).append(labels.get(sources.get(i)));
          }
          return set(labels, target, joined.toString());
        });
  }

  private static Labels set(Labels labels, String name, String value) {
    return new LabelsBuilder(labels).set(name, value).build();
  }

  private static boolean isValid(String name) {
    return LabelNames.isValidLabelName(name, NameValidation.UTF8);
  }
}
