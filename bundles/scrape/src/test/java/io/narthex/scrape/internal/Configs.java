package io.narthex.scrape.internal;

import io.narthex.api.config.Configuration;
import io.narthex.api.config.GlobalConfig;
import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.config.NameEscaping;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.config.ScrapeProtocol;
import io.narthex.model.Labels;
import io.narthex.model.NameValidation;
import io.narthex.model.Regex;
import io.narthex.model.relabel.RelabelAction;
import io.narthex.model.relabel.RelabelRule;
import java.util.List;
import java.util.Map;

/** Jobs for tests: one with defaults, and changes to it. */
public final class Configs {

  public String name = "job";
  public boolean honorLabels;
  public boolean honorTimestamps = true;
  public boolean trackTimestamps;
  public Map<String, List<String>> params = Map.of();
  public long interval = 10_000;
  public long timeout = 10_000;
  public List<ScrapeProtocol> protocols =
      List.of(
          ScrapeProtocol.OPENMETRICS_TEXT_1_0_0,
          ScrapeProtocol.OPENMETRICS_TEXT_0_0_1,
          ScrapeProtocol.PROMETHEUS_TEXT_1_0_0,
          ScrapeProtocol.PROMETHEUS_TEXT_0_0_4);
  public String fallback = "";
  public boolean nativeHistograms;
  public boolean toNhcb;
  public boolean extraMetrics;
  public String failureLog = "";
  public boolean compression = true;
  public long bodySizeLimit;
  public long sampleLimit;
  public long targetLimit;
  public long bucketLimit;
  public long labelLimit;
  public long labelNameLengthLimit;
  public long labelValueLengthLimit;
  public long keepDropped;
  public NameValidation validation = NameValidation.UTF8;
  public HttpClientConfig http = HttpClientConfig.DEFAULT;
  public List<RelabelRule> relabel = List.of();
  public List<RelabelRule> metricRelabel = List.of();

  public ScrapeConfig build() {
    return new ScrapeConfig(
        name,
        honorLabels,
        honorTimestamps,
        trackTimestamps,
        params,
        interval,
        timeout,
        protocols,
        fallback,
        nativeHistograms,
        false,
        toNhcb,
        extraMetrics,
        failureLog,
        "/metrics",
        "http",
        compression,
        bodySizeLimit,
        sampleLimit,
        targetLimit,
        labelLimit,
        labelNameLengthLimit,
        labelValueLengthLimit,
        bucketLimit,
        0,
        keepDropped,
        validation,
        NameEscaping.ALLOW_UTF_8,
        http,
        List.of(),
        relabel,
        metricRelabel);
  }

  public static RelabelRule rule(
      RelabelAction action, String source, String regex, String target, String replacement) {
    return new RelabelRule(
        source.isEmpty() ? List.of() : List.of(source.split(",")),
        ";",
        Regex.anchored(regex),
        0,
        target,
        replacement,
        action,
        NameValidation.UTF8);
  }

  public static Configuration of(ScrapeConfig... jobs) {
    GlobalConfig global =
        new GlobalConfig(
            60_000,
            10_000,
            List.of(),
            60_000,
            0,
            "",
            "",
            Labels.EMPTY,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            NameValidation.UTF8,
            NameEscaping.ALLOW_UTF_8,
            false,
            false,
            false,
            false);
    return new Configuration(global, List.of(jobs));
  }
}
