package io.narthex.api.config;

import io.narthex.model.relabel.RelabelRule;
import java.util.List;

/** Where alerts go, and how their labels are rewritten on the way. */
public record AlertingConfig(
    List<RelabelRule> alertRelabelRules, List<AlertmanagerConfig> alertmanagers) {

  public static final AlertingConfig NONE = new AlertingConfig(List.of(), List.of());

  public AlertingConfig {
    alertRelabelRules = List.copyOf(alertRelabelRules);
    alertmanagers = List.copyOf(alertmanagers);
  }
}
