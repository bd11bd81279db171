package io.narthex.http.internal.net;

import io.narthex.api.telemetry.Metrics;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one client: counts them, and knows which have carried an answer already. A
 * connection of that kind may have been closed by its server between two requests, so a request
 * that finds it closed is tried again.
 */
final class Dialer {
  private final Metrics.Counter attempted;
  private final Metrics.Counter established;
  private final Metrics.Counter closed;
  private final Metrics.Counter[] failed;
  private final Set<SocketAddress> used = ConcurrentHashMap.newKeySet();

  Dialer(
      Metrics.Counter attempted,
      Metrics.Counter established,
      Metrics.Counter closed,
      Metrics.Counter[] failed) {
    this.attempted = attempted;
    this.established = established;
    this.closed = closed;
    this.failed = failed;
  }

  void attempted() {
    attempted.increment();
  }

  void established() {
    established.increment();
  }

  void failed(DialException.Reason reason) {
    failed[reason.ordinal()].increment();
  }

  void closed(@Nullable SocketAddress local) {
    closed.increment();
    if (local != null) {
      used.remove(local);
    }
  }

  void answered(@Nullable SocketAddress local) {
    if (local != null) {
      used.add(local);
    }
  }

  boolean hasAnswered(@Nullable SocketAddress local) {
    return local != null && used.contains(local);
  }
}
