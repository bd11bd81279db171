package io.narthex.api.config;

/** A format that a scrape can ask for. */
public enum ScrapeProtocol {
  PROMETHEUS_PROTO(
      "PrometheusProto",
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"),
  PROMETHEUS_TEXT_0_0_4("PrometheusText0.0.4", "text/plain;version=0.0.4"),
  PROMETHEUS_TEXT_1_0_0("PrometheusText1.0.0", "text/plain;version=1.0.0"),
  OPENMETRICS_TEXT_0_0_1("OpenMetricsText0.0.1", "application/openmetrics-text;version=0.0.1"),
  OPENMETRICS_TEXT_1_0_0("OpenMetricsText1.0.0", "application/openmetrics-text;version=1.0.0");

  private final String text;
  private final String accept;

  ScrapeProtocol(String text, String accept) {
    this.text = text;
    this.accept = accept;
  }

  /** The name in configuration files. */
  public String text() {
    return text;
  }

  /** The media type in the Accept header, without weight. */
  public String accept() {
    return accept;
  }
}
