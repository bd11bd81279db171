package io.narthex.model.relabel;

import io.narthex.model.LabelNames;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.NameValidation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Applies relabelling rules in order to a label set that is being built. */
public final class Relabeling {

  private Relabeling() {}

  /** Changes {@code labels} by the rules; false if one of them dropped it (the rest is not run). */
  public static boolean apply(List<RelabelRule> rules, LabelsBuilder labels) {
    for (int i = 0; i < rules.size(); i++) {
      if (!apply(rules.get(i), labels)) {
        return false;
      }
    }
    return true;
  }

  /** Changes {@code labels} by one rule; false if it drops it. */
  public static boolean apply(RelabelRule rule, LabelsBuilder labels) {
    return switch (rule.action()) {
      case KEEP -> rule.regex().matches(joined(rule, labels));
      case DROP -> !rule.regex().matches(joined(rule, labels));
      case KEEPEQUAL -> joined(rule, labels).equals(labels.get(rule.targetLabel()));
      case DROPEQUAL -> !joined(rule, labels).equals(labels.get(rule.targetLabel()));
      case REPLACE -> replace(rule, labels);
      case LOWERCASE -> set(rule, labels, mapped(joined(rule, labels), false));
      case UPPERCASE -> set(rule, labels, mapped(joined(rule, labels), true));
      case HASHMOD ->
          set(
              rule,
              labels,
              Long.toUnsignedString(
                  Long.remainderUnsigned(hash(joined(rule, labels)), rule.modulus())));
      case LABELMAP -> mapNames(rule, labels);
      case LABELDROP -> removeNames(rule, labels, true);
      case LABELKEEP -> removeNames(rule, labels, false);
    };
  }

  private static String joined(RelabelRule rule, LabelsBuilder labels) {
    List<String> names = rule.sourceLabels();
    if (names.size() == 1) {
      return labels.get(names.get(0));
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      if (i > 0) {
        out.append(rule.separator());
      }
      out.append(labels.get(names.get(i)));
    }
    return out.toString();
  }

  private static boolean set(RelabelRule rule, LabelsBuilder labels, String value) {
    labels.set(rule.targetLabel(), value);
    return true;
  }

  /** Character by character as the reference does: {@code ß} stays, no final sigma. */
  private static String mapped(String s, boolean upper) {
    StringBuilder out = new StringBuilder(s.length());
    for (int i = 0; i < s.length(); ) {
      int c = s.codePointAt(i);
      i += Character.charCount(c);
      out.appendCodePoint(upper ? Character.toUpperCase(c) : Character.toLowerCase(c));
    }
    return out.toString();
  }

  private static boolean replace(RelabelRule rule, LabelsBuilder labels) {
    String value = joined(rule, labels);
    boolean plain =
        value.isEmpty()
            && rule.regex().source().equals(RelabelRule.DEFAULT_REGEX)
            && rule.targetLabel().indexOf('$') < 0
            && rule.replacement().indexOf('$') < 0;
    if (plain) {
      return set(rule, labels, rule.replacement());
    }
    String target = rule.regex().expand(value, rule.targetLabel());
    if (target == null || !LabelNames.isValidLabelName(target, rule.validation())) {
      return true;
    }
    String replacement = rule.regex().expand(value, rule.replacement());
    labels.set(target, replacement == null ? "" : replacement);
    return true;
  }

  /** The last 8 bytes of the MD5 sum as a big-endian unsigned number. */
  private static long hash(String value) {
    try {
      byte[] sum = MessageDigest.getInstance("MD5").digest(value.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(sum).getLong(8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no MD5, which hashmod needs", e);
    }
  }

  private static boolean mapNames(RelabelRule rule, LabelsBuilder labels) {
    labels.forEach((name, value) -> {
      String mapped = rule.regex().expand(name, rule.replacement());
      if (mapped != null) {
        labels.set(mapped, value);
      }
    });
    return true;
  }

  private static boolean removeNames(RelabelRule rule, LabelsBuilder labels, boolean matching) {
    labels.removeIf(name -> rule.regex().matches(name) == matching);
    return true;
  }

  /** Whether a replace target with references can become a valid name under the scheme. */
  public static boolean isValidTemplate(String template, NameValidation scheme) {
    if (scheme == NameValidation.UTF8) {
      return LabelNames.isValidLabelName(template, scheme);
    }
    return template.indexOf('$') < 0
        ? LabelNames.isLegacyLabelName(template)
        : LegacyTemplate.isValid(template);
  }
}
