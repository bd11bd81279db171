package io.narthex.config.internal.read;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.DiscoverySection;
import io.narthex.api.config.GlobalConfig;
import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.config.NameEscaping;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.config.ScrapeProtocol;
import io.narthex.config.internal.yaml.FieldValues;
import io.narthex.model.GoQuote;
import io.narthex.model.NameValidation;
import io.narthex.model.relabel.RelabelRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one scrape job and fills in what the global section says. */
final class ScrapeReader {

  private final GlobalConfig global;
  private final boolean globalEscapingSet;
  private final DiscoveryReader discovery;

  ScrapeReader(GlobalReader.Read global, DiscoveryReader discovery) {
    this.global = global.config();
    this.globalEscapingSet = global.escapingSet();
    this.discovery = discovery;
  }

  ScrapeConfig read(ConfigNode node) throws ConfigurationException {
    if (node.isNull()) {
      throw node.error("empty or null scrape config section");
    }
    ConfigNode.Fields f = node.fields("config.ScrapeConfig");
    String job = f.text("job_name", "");
    NameValidation written = NameSchemes.validation(f);
    NameValidation validation = written == null ? global.metricNameValidation() : written;
    NameEscaping escaping = escaping(f, written, validation);
    List<RelabelRule> rules =
        RelabelReader.rules(
            f,
            "relabel_configs",
            validation,
            "empty or null target relabeling rule in scrape config");
    List<RelabelRule> metricRules =
        RelabelReader.rules(
            f,
            "metric_relabel_configs",
            validation,
            "empty or null metric relabeling rule in scrape config");
    List<DiscoverySection> sections = discovery.read(f, !rules.isEmpty());
    HttpClientConfig http = f.httpClient(HttpClientConfig.DEFAULT);
    long interval = inherit(f.duration("scrape_interval", 0), global.scrapeInterval());
    long timeout = f.duration("scrape_timeout", 0);
    boolean nativeHistograms =
        inherit(f, "scrape_native_histograms", global.scrapeNativeHistograms());
    String whose = "for scrape config with job name " + GoQuote.quote(job);
    ConfigNode failureLog = f.find("scrape_failure_log_file");
    ScrapeConfig config =
        new ScrapeConfig(
            job,
            f.bool("honor_labels", false),
            f.bool("honor_timestamps", true),
            f.bool("track_timestamps_staleness", false),
            params(f.find("params")),
            interval,
            timeout == 0 ? Math.min(global.scrapeTimeout(), interval) : timeout,
            protocols(f, whose, nativeHistograms),
            fallback(f.find("fallback_scrape_protocol"), whose),
            nativeHistograms,
            inherit(f, "always_scrape_classic_histograms", global.alwaysScrapeClassicHistograms()),
            inherit(
                f, "convert_classic_histograms_to_nhcb", global.convertClassicHistogramsToNhcb()),
            inherit(f, "extra_scrape_metrics", global.extraScrapeMetrics()),
            failureLog == null || failureLog.text().isEmpty()
                ? global.scrapeFailureLogFile()
                : failureLog.path(),
            f.text("metrics_path", "/metrics"),
            f.text("scheme", "http"),
            f.bool("enable_compression", true),
            inherit(FieldValues.bytes(f, "body_size_limit"), global.bodySizeLimit()),
            inherit(f.unsigned("sample_limit", 0), global.sampleLimit()),
            inherit(f.unsigned("target_limit", 0), global.targetLimit()),
            inherit(f.unsigned("label_limit", 0), global.labelLimit()),
            inherit(f.unsigned("label_name_length_limit", 0), global.labelNameLengthLimit()),
            inherit(f.unsigned("label_value_length_limit", 0), global.labelValueLengthLimit()),
            f.unsigned("native_histogram_bucket_limit", 0),
            f.number("native_histogram_min_bucket_factor", 0),
            inherit(f.unsigned("keep_dropped_targets", 0), global.keepDroppedTargets()),
            validation,
            escaping,
            http,
            sections,
            rules,
            metricRules);
    f.end();
    check(node, config);
    return config;
  }

  private static void check(ConfigNode node, ScrapeConfig c) throws ConfigurationException {
    if (c.jobName().isEmpty()) {
      throw node.error("job_name is empty");
    }
    if (c.scrapeTimeout() > c.scrapeInterval()) {
      throw node.error(
          "scrape timeout greater than scrape interval for scrape config with job name "
              + GoQuote.quote(c.jobName()));
    }
    if (c.metricNameEscaping() == NameEscaping.ALLOW_UTF_8
        && c.metricNameValidation() != NameValidation.UTF8) {
      throw node.error("utf8 metric names requested but validation scheme is not set to UTF8");
    }
  }

  private NameEscaping escaping(
      ConfigNode.Fields f, @Nullable NameValidation written, NameValidation validation)
      throws ConfigurationException {
    NameEscaping escaping = NameSchemes.escaping(f, "scrape config");
    if (escaping != null) {
      return escaping;
    }
    if (written != null) {
      return GlobalReader.defaultEscaping(written);
    }
    return globalEscapingSet
        ? global.metricNameEscaping()
        : GlobalReader.defaultEscaping(validation);
  }

  private List<ScrapeProtocol> protocols(
      ConfigNode.Fields f, String whose, boolean nativeHistograms) throws ConfigurationException {
    List<ScrapeProtocol> own = ScrapeProtocols.read(f.find("scrape_protocols"), whose);
    if (own != null) {
      return own;
    }
    if (!global.scrapeProtocols().isEmpty()) {
      return global.scrapeProtocols();
    }
    return nativeHistograms ? ScrapeProtocols.PROTO_FIRST : ScrapeProtocols.DEFAULT;
  }

  private static String fallback(@Nullable ConfigNode node, String whose)
      throws ConfigurationException {
    String name = node == null ? "" : node.text();
    if (node != null && !name.isEmpty() && ScrapeProtocols.find(name) == null) {
      throw node.error(
          "invalid fallback_scrape_protocol " + whose + ": " + ScrapeProtocols.unknown(name));
    }
    return name;
  }

  private static Map<String, List<String>> params(@Nullable ConfigNode node)
      throws ConfigurationException {
    Map<String, List<String>> params = new LinkedHashMap<>();
    if (node != null) {
      ConfigNode.Fields f = node.fields("map[string][]string");
      for (String name : f.names()) {
        params.put(name, f.texts(name));
      }
    }
    return params;
  }

  private static long inherit(long own, long global) {
    return own == 0 ? global : own;
  }

  private static boolean inherit(ConfigNode.Fields f, String key, boolean global)
      throws ConfigurationException {
    return GlobalReader.isSet(f, key) ? f.bool(key, global) : global;
  }
}
