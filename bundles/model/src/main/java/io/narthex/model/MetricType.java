package io.narthex.model;

import java.util.Locale;

/** The type of a metric family, in the order of their codes in the write-ahead log. */
public enum MetricType {
  UNKNOWN,
  COUNTER,
  GAUGE,
  HISTOGRAM,
  GAUGEHISTOGRAM,
  SUMMARY,
  INFO,
  STATESET;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The lower-case name, as in exposition formats and answers. */
  public String text() {
    return text;
  }
}
