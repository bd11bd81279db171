package io.narthex.model.relabel;

import io.narthex.model.NameValidation;
import io.narthex.model.Regex;
import java.util.List;

/**
 * One relabelling rule with every default filled in.
 *
 * @param sourceLabels names whose values are joined by {@code separator}
 * @param modulus of the hash, for hashmod only, else 0
 * @param targetLabel may hold references to groups for replace
 * @param validation which names the rule may make
 */
public record RelabelRule(
    List<String> sourceLabels,
    String separator,
    Regex regex,
    long modulus,
    String targetLabel,
    String replacement,
    RelabelAction action,
    NameValidation validation) {

  public static final String DEFAULT_SEPARATOR = ";";
  public static final String DEFAULT_REGEX = "(.*)";
  public static final String DEFAULT_REPLACEMENT = "$1";

  public RelabelRule {
    sourceLabels = List.copyOf(sourceLabels);
  }
}
