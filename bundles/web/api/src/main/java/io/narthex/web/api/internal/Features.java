package io.narthex.web.api.internal;

import io.narthex.api.discovery.DiscoveryView;
import java.util.Map;
import java.util.TreeMap;

/** What is built and switched on, in the reference's categories; only what is so is listed. */
final class Features {

  private Features() {}

  static Map<String, Map<String, Boolean>> of(Backends backends, ServerFlags flags) {
    Map<String, Map<String, Boolean>> all = new TreeMap<>();
    Map<String, Boolean> api = category(all, "api");
    api.put("label_values_match", true);
    api.put("lifecycle", flags.isOn("web.enable-lifecycle"));
    api.put("query_stats", true);
    api.put("query_warnings", true);
    api.put("admin", false);
    api.put("remote_write_receiver", flags.isOn("web.enable-remote-write-receiver"));
    api.put("time_range_labels", true);
    api.put("time_range_series", true);
    api.put("exclude_alerts", false);
    api.put("label_names_match", true);
    category(all, "otlp_receiver");
    Map<String, Boolean> prometheus = category(all, "prometheus");
    prometheus.put("agent_mode", flags.isOn("agent"));
    prometheus.put("auto_reload_config", flags.isOn("config.auto-reload"));
    Map<String, Boolean> promql = category(all, "promql");
    promql.put("at_modifier", backends.engine != null);
    promql.put("negative_offset", backends.engine != null);
    promql.put("subqueries", backends.engine != null);
    category(all, "rules");
    Map<String, Boolean> providers = category(all, "service_discovery_providers");
    DiscoveryView discovery = backends.discovery;
    if (discovery != null) {
      discovery.providers().forEach(p -> providers.put(p.kind(), true));
    }
    Map<String, Boolean> tsdb = category(all, "tsdb");
    tsdb.put("exemplar_storage", flags.get("enable-feature").contains("exemplar-storage"));
    return all;
  }

  private static Map<String, Boolean> category(Map<String, Map<String, Boolean>> all, String name) {
    return all.computeIfAbsent(name, k -> new TreeMap<>());
  }
}
