package io.narthex.scrape.internal;

import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.http.HttpClient;

/** A job's settings and the client that was made for them. */
record JobSetup(ScrapeConfig config, HttpClient client) {

  /**
   * Whether series that were cached under one of the settings are the same under the other: they
   * differ in interval, timeout, sample limit and HTTP client only.
   */
  static boolean sameSeries(ScrapeConfig a, ScrapeConfig b) {
    return neutral(a).equals(neutral(b));
  }

  private static ScrapeConfig neutral(ScrapeConfig c) {
    return new ScrapeConfig(
        c.jobName(),
        c.honorLabels(),
        c.honorTimestamps(),
        c.trackTimestampsStaleness(),
        c.params(),
        0,
        0,
        c.scrapeProtocols(),
        c.fallbackScrapeProtocol(),
        c.scrapeNativeHistograms(),
        c.alwaysScrapeClassicHistograms(),
        c.convertClassicHistogramsToNhcb(),
        c.extraScrapeMetrics(),
        c.scrapeFailureLogFile(),
        c.metricsPath(),
        c.scheme(),
        c.enableCompression(),
        c.bodySizeLimit(),
        0,
        c.targetLimit(),
        c.labelLimit(),
        c.labelNameLengthLimit(),
        c.labelValueLengthLimit(),
        c.nativeHistogramBucketLimit(),
        c.nativeHistogramMinBucketFactor(),
        c.keepDroppedTargets(),
        c.metricNameValidation(),
        c.metricNameEscaping(),
        HttpClientConfig.DEFAULT,
        c.discovery(),
        c.relabelRules(),
        c.metricRelabelRules());
  }
}
