package io.narthex.http.internal.net;

import io.narthex.api.telemetry.Metrics;

/** The {@code net_conntrack_dialer_conn_*} metrics; made by the first client, not before. */
public final class DialMetrics {
  private final Metrics.Family<Metrics.Counter> attempted;
  private final Metrics.Family<Metrics.Counter> established;
  private final Metrics.Family<Metrics.Counter> failed;
  private final Metrics.Family<Metrics.Counter> closed;

  public DialMetrics(Metrics metrics) {
    attempted =
        metrics.counters(
            "net_conntrack_dialer_conn_attempted_total",
            "Total number of connections attempted by the given dialer a given name.",
            "dialer_name");
    established =
        metrics.counters(
            "net_conntrack_dialer_conn_established_total",
            "Total number of connections successfully established by the given dialer a given name.",
            "dialer_name");
    failed =
        metrics.counters(
            "net_conntrack_dialer_conn_failed_total",
            "Total number of connections failed to dial by the dialer a given name.",
            "dialer_name",
            "reason");
    closed =
        metrics.counters(
            "net_conntrack_dialer_conn_closed_total",
            "Total number of connections closed which originated from the dialer of a given name.",
            "dialer_name");
  }

  /** The counters of one dialer; those of failures exist from the start. */
  Dialer dialer(String name) {
    DialException.Reason[] reasons = DialException.Reason.values();
    Metrics.Counter[] failures = new Metrics.Counter[reasons.length];
    for (DialException.Reason r : reasons) {
      failures[r.ordinal()] = failed.with(name, r.label());
    }
    return new Dialer(attempted.with(name), established.with(name), closed.with(name), failures);
  }
}
