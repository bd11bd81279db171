package io.narthex.config.internal.actor;

/** Makes the effective configuration known to those that wait for it. */
@FunctionalInterface
public interface Publication {

  /** Publishes it; does nothing if it is published already. */
  void publish();
}
