package io.narthex.model.histogram;

/** What is known of a counter reset between a histogram and the one before it, in code order. */
public enum CounterResetHint {
  UNKNOWN,
  RESET,
  NOT_RESET,
  GAUGE
}
