package io.narthex.config.internal.read;

import io.narthex.api.config.AlertingConfig;
import io.narthex.api.config.AlertmanagerConfig;
import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.config.SigV4Config;
import io.narthex.config.internal.yaml.FieldValues;
import io.narthex.model.NameValidation;
import io.narthex.model.relabel.RelabelRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the alerting section. */
final class AlertingReader {

  private final NameValidation validation;
  private final DiscoveryReader discovery;

  AlertingReader(NameValidation validation, DiscoveryReader discovery) {
    this.validation = validation;
    this.discovery = discovery;
  }

  AlertingConfig read(@Nullable ConfigNode node) throws ConfigurationException {
    if (node == null || node.isNull()) {
      return AlertingConfig.NONE;
    }
    ConfigNode.Fields f = node.fields("config.plain");
    List<RelabelRule> rules =
        RelabelReader.rules(
            f, "alert_relabel_configs", validation, "empty or null alert relabeling rule");
    List<AlertmanagerConfig> managers = new ArrayList<>();
    for (ConfigNode n : FieldValues.list(f, "alertmanagers")) {
      if (n.isNull()) {
        throw n.error("empty or null Alertmanager config section");
      }
      managers.add(alertmanager(n));
    }
    f.end();
    return new AlertingConfig(rules, managers);
  }

  private AlertmanagerConfig alertmanager(ConfigNode node) throws ConfigurationException {
    ConfigNode.Fields f = node.fields("config.AlertmanagerConfig");
    HttpClientConfig http = f.httpClient(HttpClientConfig.DEFAULT);
    SigV4Config sigv4 = CloudAuthReader.sigv4(f.find("sigv4"));
    List<RelabelRule> rules =
        RelabelReader.rules(
            f, "relabel_configs", validation, "empty or null Alertmanager target relabeling rule");
    List<RelabelRule> alertRules =
        RelabelReader.rules(
            f,
            "alert_relabel_configs",
            validation,
            "empty or null Alertmanager alert relabeling rule");
    AlertmanagerConfig config =
        new AlertmanagerConfig(
            http,
            sigv4,
            f.text("scheme", "http"),
            f.text("path_prefix", ""),
            f.duration("timeout", 10_000),
            apiVersion(f.find("api_version")),
            discovery.read(f, !rules.isEmpty()),
            rules,
            alertRules);
    f.end();
    boolean authenticated =
        http.basicAuth() != null || http.authorization() != null || http.oauth2() != null;
    if (authenticated && sigv4 != null) {
      throw node.error(
          "at most one of basic_auth, authorization, oauth2, & sigv4 must be configured");
    }
    return config;
  }

  private static String apiVersion(@Nullable ConfigNode node) throws ConfigurationException {
    if (node == null) {
      return "v2";
    }
    if (!node.isNull() && !node.text().equals("v2")) {
      throw node.error(
          "expected Alertmanager api version to be one of [v2] but got " + node.text());
    }
    return node.text();
  }
}
