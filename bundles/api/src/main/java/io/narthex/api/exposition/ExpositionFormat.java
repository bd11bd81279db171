package io.narthex.api.exposition;

/** The formats of scrape bodies. */
public enum ExpositionFormat {
  /** Prometheus text 0.0.4 and 1.0.0. */
  TEXT,
  OPENMETRICS,
  PROTOBUF
}
