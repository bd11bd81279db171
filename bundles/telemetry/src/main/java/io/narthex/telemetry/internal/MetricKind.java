package io.narthex.telemetry.internal;

/** The types that the text formats know of what is registered here. */
enum MetricKind {
  COUNTER("counter"),
  GAUGE("gauge"),
  HISTOGRAM("histogram"),
  SUMMARY("summary");

  private final String text;

  MetricKind(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
