package io.narthex.config.internal.transaction;

import io.narthex.model.GoFloat;

/** Durations as the reference's log shows them: {@code 1.5ms}, {@code 2m3.5s}. */
final class GoDuration {

  private GoDuration() {}

  static String format(long nanos) {
    if (nanos < 1_000) {
      return nanos == 0 ? "0s" : nanos + "ns";
    }
    if (nanos < 1_000_000) {
      return GoFloat.f(nanos / 1e3) + "µs";
    }
    if (nanos < 1_000_000_000) {
      return GoFloat.f(nanos / 1e6) + "ms";
    }
    long minutes = nanos / 60_000_000_000L;
    String seconds = GoFloat.f((nanos % 60_000_000_000L) / 1e9) + "s";
    if (minutes == 0) {
      return seconds;
    }
    return (minutes >= 60 ? minutes / 60 + "h" : "") + minutes % 60 + "m" + seconds;
  }
}
