package io.narthex.config.internal.transaction;

import io.narthex.api.config.Reconfigurable;

/** A module that the configuration concerns, with its place in the order. */
public final class Module {

  private final Reconfigurable service;
  private final int order;
  private final long arrival;
  private volatile boolean gone;
  private long configuredVersion;

  Module(Reconfigurable service, int order, long arrival) {
    this.service = service;
    this.order = order;
    this.arrival = arrival;
  }

  Reconfigurable service() {
    return service;
  }

  int order() {
    return order;
  }

  long arrival() {
    return arrival;
  }

  void leave() {
    gone = true;
  }

  /** The number of the configuration that it has, 0 before its first; one thread at a time. */
  long configuredVersion() {
    return configuredVersion;
  }

  void configured(long version) {
    configuredVersion = version;
  }

  /** Whether the service has gone; it is not called again then. */
  boolean isGone() {
    return gone;
  }

  /** The name for the log, even of a module that fails to tell it. */
  String name() {
    try {
      return service.reconfigurableName();
    } catch (RuntimeException e) {
      return service.getClass().getName();
    }
  }
}
