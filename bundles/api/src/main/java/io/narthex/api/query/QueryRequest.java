package io.narthex.api.query;

/**
 * What to evaluate. Times are milliseconds since the epoch.
 *
 * @param start time of an instant query, or first step
 * @param end last step at most; equal to start for an instant query
 * @param step 0 for an instant query
 * @param timeout milliseconds, 0 for the server's; a longer one than the server's has no effect
 * @param lookback milliseconds, 0 for the server's
 * @param perStepStatistics whether samples are counted for each step
 * @param origin who asks
 */
public record QueryRequest(
    String expression,
    long start,
    long end,
    long step,
    long timeout,
    long lookback,
    boolean perStepStatistics,
    QueryOrigin origin) {

  public static QueryRequest instant(String expression, long time) {
    return new QueryRequest(expression, time, time, 0, 0, 0, false, QueryOrigin.INTERNAL);
  }

  public static QueryRequest range(String expression, long start, long end, long step) {
    return new QueryRequest(expression, start, end, step, 0, 0, false, QueryOrigin.INTERNAL);
  }

  /** The same from somebody else. */
  public QueryRequest from(QueryOrigin other) {
    return new QueryRequest(
        expression, start, end, step, timeout, lookback, perStepStatistics, other);
  }

  public boolean isInstant() {
    return step == 0;
  }
}
