package io.narthex.api.config;

import io.narthex.model.NameValidation;
import io.narthex.model.relabel.RelabelRule;
import java.util.List;
import java.util.Map;

/**
 * One scrape job with every default filled in from the global section. Times are milliseconds,
 * limits 0 for none, paths absolute or empty.
 *
 * @param fallbackScrapeProtocol name of a protocol or empty
 */
public record ScrapeConfig(
    String jobName,
    boolean honorLabels,
    boolean honorTimestamps,
    boolean trackTimestampsStaleness,
    Map<String, List<String>> params,
    long scrapeInterval,
    long scrapeTimeout,
    List<ScrapeProtocol> scrapeProtocols,
    String fallbackScrapeProtocol,
    boolean scrapeNativeHistograms,
    boolean alwaysScrapeClassicHistograms,
    boolean convertClassicHistogramsToNhcb,
    boolean extraScrapeMetrics,
    String scrapeFailureLogFile,
    String metricsPath,
    String scheme,
    boolean enableCompression,
    long bodySizeLimit,
    long sampleLimit,
    long targetLimit,
    long labelLimit,
    long labelNameLengthLimit,
    long labelValueLengthLimit,
    long nativeHistogramBucketLimit,
    double nativeHistogramMinBucketFactor,
    long keepDroppedTargets,
    NameValidation metricNameValidation,
    NameEscaping metricNameEscaping,
    HttpClientConfig http,
    List<DiscoverySection> discovery,
    List<RelabelRule> relabelRules,
    List<RelabelRule> metricRelabelRules) {

  public ScrapeConfig {
    params = Map.copyOf(params);
    scrapeProtocols = List.copyOf(scrapeProtocols);
    discovery = List.copyOf(discovery);
    relabelRules = List.copyOf(relabelRules);
    metricRelabelRules = List.copyOf(metricRelabelRules);
  }
}
