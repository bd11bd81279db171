package io.narthex.promql.internal.engine.range;

/** What start timestamps say about resets of a counter. */
final class StartTimes {

  private StartTimes() {}

  /** Whether the counter began anew between two samples. */
  static boolean isReset(long previousStart, long previousTime, long start, long time) {
    if (start == 0 || start >= time) {
      return false;
    }
    if (start > previousTime) {
      return true;
    }
    return start == previousTime
        && previousStart != 0
        && previousStart != previousTime
        && previousStart <= previousTime;
  }

  /** Whether a sample claims to count from within the time of the one before it. */
  static boolean overlaps(long previousStart, long previousTime, long start) {
    return start != 0 && start < previousTime && start != previousStart;
  }
}
