package io.narthex.config.internal.write;

import io.narthex.api.config.GlobalConfig;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.config.ScrapeProtocol;
import io.narthex.model.NameValidation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The global section and jobs. */
final class JobTree {

  private JobTree() {}

  /**
   * @param whole leaves out booleans that older versions do not know where they are false
   */
  static Tree global(Tree parent, GlobalConfig g, boolean escapingSet, boolean whole) {
    Tree t = parent.child();
    t.duration("scrape_interval", g.scrapeInterval())
        .duration("scrape_timeout", g.scrapeTimeout())
        .list("scrape_protocols", names(g.scrapeProtocols()))
        .duration("evaluation_interval", g.evaluationInterval())
        .duration("rule_query_offset", g.ruleQueryOffset())
        .text("query_log_file", g.queryLogFile())
        .text("scrape_failure_log_file", g.scrapeFailureLogFile())
        .sorted("external_labels", externalLabels(g, whole))
        .bytes("body_size_limit", g.bodySizeLimit())
        .number("sample_limit", g.sampleLimit())
        .number("target_limit", g.targetLimit())
        .number("label_limit", g.labelLimit())
        .number("label_name_length_limit", g.labelNameLengthLimit())
        .number("label_value_length_limit", g.labelValueLengthLimit())
        .number("keep_dropped_targets", g.keepDroppedTargets())
        .text("metric_name_validation_scheme", validation(g.metricNameValidation()))
        .text("metric_name_escaping_scheme", escapingSet ? g.metricNameEscaping().text() : "");
    newer(t, "scrape_native_histograms", g.scrapeNativeHistograms(), whole);
    t.flag("convert_classic_histograms_to_nhcb", g.convertClassicHistogramsToNhcb())
        .flag("always_scrape_classic_histograms", g.alwaysScrapeClassicHistograms());
    newer(t, "extra_scrape_metrics", g.extraScrapeMetrics(), whole);
    return t;
  }

  static Tree job(Tree parent, ScrapeConfig c, GlobalConfig global, boolean whole) {
    Tree t = parent.child();
    t.always("job_name", c.jobName())
        .flag("honor_labels", c.honorLabels())
        .always("honor_timestamps", c.honorTimestamps())
        .always("track_timestamps_staleness", c.trackTimestampsStaleness())
        .sorted("params", c.params())
        .duration("scrape_interval", c.scrapeInterval())
        .duration("scrape_timeout", c.scrapeTimeout())
        .list("scrape_protocols", names(c.scrapeProtocols()))
        .text("fallback_scrape_protocol", c.fallbackScrapeProtocol());
    newer(
        t,
        "scrape_native_histograms",
        c.scrapeNativeHistograms(),
        whole && !global.scrapeNativeHistograms());
    t.always("always_scrape_classic_histograms", c.alwaysScrapeClassicHistograms())
        .always("convert_classic_histograms_to_nhcb", c.convertClassicHistogramsToNhcb())
        .text("scrape_failure_log_file", c.scrapeFailureLogFile())
        .text("metrics_path", c.metricsPath())
        .text("scheme", c.scheme())
        .always("enable_compression", c.enableCompression())
        .bytes("body_size_limit", c.bodySizeLimit())
        .number("sample_limit", c.sampleLimit())
        .number("target_limit", c.targetLimit())
        .number("label_limit", c.labelLimit())
        .number("label_name_length_limit", c.labelNameLengthLimit())
        .number("label_value_length_limit", c.labelValueLengthLimit())
        .number("native_histogram_bucket_limit", c.nativeHistogramBucketLimit())
        .real("native_histogram_min_bucket_factor", c.nativeHistogramMinBucketFactor())
        .number("keep_dropped_targets", c.keepDroppedTargets())
        .always("metric_name_validation_scheme", validation(c.metricNameValidation()))
        .always("metric_name_escaping_scheme", c.metricNameEscaping().text());
    newer(t, "extra_scrape_metrics", c.extraScrapeMetrics(), whole && !global.extraScrapeMetrics());
    HttpTree.put(t, c.http());
    RelabelTree.put(t, "relabel_configs", c.relabelRules());
    RelabelTree.put(t, "metric_relabel_configs", c.metricRelabelRules());
    DiscoveryTree.put(t, c.discovery());
    return t;
  }

  /** In a document that is to be read again, what would be expanded is escaped. */
  private static Map<String, String> externalLabels(GlobalConfig g, boolean whole) {
    Map<String, String> labels = new LinkedHashMap<>(g.externalLabels().toMap());
    if (whole) {
      labels.replaceAll((name, value) -> value.replace("$", "$$"));
    }
    return labels;
  }

  private static void newer(Tree t, String key, boolean value, boolean omitFalse) {
    if (value || !omitFalse) {
      t.always(key, value);
    }
  }

  private static List<String> names(List<ScrapeProtocol> protocols) {
    return protocols.stream().map(ScrapeProtocol::text).toList();
  }

  private static String validation(NameValidation v) {
    return v == NameValidation.LEGACY ? "legacy" : "utf8";
  }
}
