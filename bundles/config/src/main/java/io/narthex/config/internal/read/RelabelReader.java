package io.narthex.config.internal.read;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.config.internal.yaml.FieldValues;
import io.narthex.model.GoQuote;
import io.narthex.model.LabelNames;
import io.narthex.model.NameValidation;
import io.narthex.model.Regex;
import io.narthex.model.RegexSyntaxException;
import io.narthex.model.relabel.RelabelAction;
import io.narthex.model.relabel.RelabelRule;
import io.narthex.model.relabel.Relabeling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads and checks relabelling rules. */
final class RelabelReader {

  private RelabelReader() {}

  /**
   * The rules under a key.
   *
   * @param empty what is said of an element without content
   */
  static List<RelabelRule> rules(
      ConfigNode.Fields fields, String key, NameValidation validation, String empty)
      throws ConfigurationException {
    List<RelabelRule> rules = new ArrayList<>();
    for (ConfigNode node : FieldValues.list(fields, key)) {
      if (node.isNull()) {
        throw node.error(empty);
      }
      rules.add(rule(node, validation));
    }
    return rules;
  }

  private static RelabelRule rule(ConfigNode node, NameValidation validation)
      throws ConfigurationException {
    ConfigNode.Fields f = node.fields("relabel.plain");
    List<String> sources = f.texts("source_labels");
    String separator = f.text("separator", RelabelRule.DEFAULT_SEPARATOR);
    Regex regex = regex(f.find("regex"));
    long modulus = f.unsigned("modulus", 0);
    String target = f.text("target_label", "");
    String replacement = f.text("replacement", RelabelRule.DEFAULT_REPLACEMENT);
    RelabelAction action = action(node, f.find("action"));
    f.end();
    for (String source : sources) {
      if (!LabelNames.isValidLabelName(source, NameValidation.UTF8)) {
        throw node.error(GoQuote.quote(source) + " is not a valid label name");
      }
    }
    RelabelRule rule =
        new RelabelRule(
            sources, separator, regex, modulus, target, replacement, action, validation);
    check(node, rule);
    return rule;
  }

  private static Regex regex(@Nullable ConfigNode node) throws ConfigurationException {
    if (node == null) {
      return Regex.anchored(RelabelRule.DEFAULT_REGEX);
    }
    try {
      return Regex.anchored(node.text());
    } catch (RegexSyntaxException e) {
      throw node.error(String.valueOf(e.getMessage()));
    }
  }

  private static RelabelAction action(ConfigNode rule, @Nullable ConfigNode node)
      throws ConfigurationException {
    if (node == null) {
      return RelabelAction.REPLACE;
    }
    if (node.isNull()) {
      throw rule.error("relabel action cannot be empty");
    }
    String text = node.text().toLowerCase(Locale.ROOT);
    for (RelabelAction a : RelabelAction.values()) {
      if (a.text().equals(text)) {
        return a;
      }
    }
    throw node.error("unknown relabel action " + GoQuote.quote(node.text()));
  }

  private static void check(ConfigNode node, RelabelRule r) throws ConfigurationException {
    if (r.action() == RelabelAction.HASHMOD && r.modulus() == 0) {
      throw node.error("relabel configuration for hashmod requires non-zero modulus");
    }
    switch (r.action()) {
      case REPLACE -> {
        requireTarget(node, r);
        checkReplaceTarget(node, r);
      }
      case HASHMOD -> {
        requireTarget(node, r);
        checkTargetName(node, r);
      }
      case LOWERCASE, UPPERCASE -> {
        requireTarget(node, r);
        checkTargetName(node, r);
        checkNoReplacement(node, r);
      }
      case KEEPEQUAL, DROPEQUAL -> {
        requireTarget(node, r);
        checkTargetName(node, r);
        checkNoReplacement(node, r);
        if (!r.regex().source().equals(RelabelRule.DEFAULT_REGEX)
            || r.modulus() != 0
            || !r.separator().equals(RelabelRule.DEFAULT_SEPARATOR)) {
          throw node.error(
              r.action().text()
                  + " action requires only 'source_labels' and `target_label`, and no other"
                  + " fields");
        }
      }
      case LABELMAP -> {
        if (!Relabeling.isValidTemplate(r.replacement(), r.validation())) {
          throw node.error(
              GoQuote.quote(r.replacement()) + " is invalid 'replacement' for labelmap action");
        }
      }
      case LABELDROP, LABELKEEP -> checkOnlyRegex(node, r);
      case KEEP, DROP -> {
        // Every field has a meaning or is ignored.
      }
    }
  }

  private static void requireTarget(ConfigNode node, RelabelRule r) throws ConfigurationException {
    if (r.targetLabel().isEmpty()) {
      throw node.error(
          "relabel configuration for "
              + r.action().text()
              + " action requires 'target_label' value");
    }
  }

  private static void checkReplaceTarget(ConfigNode node, RelabelRule r)
      throws ConfigurationException {
    if (!Relabeling.isValidTemplate(r.targetLabel(), r.validation())) {
      throw invalidTarget(node, r);
    }
  }

  private static void checkTargetName(ConfigNode node, RelabelRule r)
      throws ConfigurationException {
    if (!LabelNames.isValidLabelName(r.targetLabel(), r.validation())) {
      throw invalidTarget(node, r);
    }
  }

  private static ConfigurationException invalidTarget(ConfigNode node, RelabelRule r) {
    return node.error(
        GoQuote.quote(r.targetLabel())
            + " is invalid 'target_label' for "
            + r.action().text()
            + " action");
  }

  private static void checkNoReplacement(ConfigNode node, RelabelRule r)
      throws ConfigurationException {
    if (!r.replacement().equals(RelabelRule.DEFAULT_REPLACEMENT)) {
      throw node.error("'replacement' can not be set for " + r.action().text() + " action");
    }
  }

  private static void checkOnlyRegex(ConfigNode node, RelabelRule r) throws ConfigurationException {
    if (!r.sourceLabels().isEmpty()
        || !r.targetLabel().isEmpty()
        || r.modulus() != 0
        || !r.separator().equals(RelabelRule.DEFAULT_SEPARATOR)
        || !r.replacement().equals(RelabelRule.DEFAULT_REPLACEMENT)) {
      throw node.error(r.action().text() + " action requires only 'regex', and no other fields");
    }
  }
}
