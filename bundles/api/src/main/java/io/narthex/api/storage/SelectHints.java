package io.narthex.api.storage;

import java.util.List;

/**
 * What a selection is for; storages may use it to read less, never to give something else.
 *
 * @param start first needed time, in milliseconds, within the querier's range
 * @param end last needed time, included
 * @param sorted whether the series must come in the order of their labels
 * @param step of the query, 0 for an instant query
 * @param range of the range selector, 0 for none
 * @param function that is applied directly, empty for none; {@code series} if no samples are needed
 * @param grouping labels of the aggregation around it
 * @param by whether grouping names the labels to keep rather than to drop
 * @param limit the most series to give, 0 for all
 */
public record SelectHints(
    long start,
    long end,
    boolean sorted,
    long step,
    long range,
    String function,
    List<String> grouping,
    boolean by,
    int limit) {

  public SelectHints {
    grouping = List.copyOf(grouping);
  }

  /** Plain samples from {@code start} to {@code end}. */
  public static SelectHints samples(long start, long end, boolean sorted) {
    return new SelectHints(start, end, sorted, 0, 0, "", List.of(), false, 0);
  }

  /** Label sets only. */
  public static SelectHints labelsOnly(long start, long end, int limit) {
    return new SelectHints(start, end, true, 0, 0, "series", List.of(), false, limit);
  }
}
