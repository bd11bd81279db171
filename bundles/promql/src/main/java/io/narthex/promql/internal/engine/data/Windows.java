package io.narthex.promql.internal.engine.data;

/**
 * The time windows that the steps of an evaluation look at: left-open, of equal length, one a step,
 * or the same for all where the selection is pinned.
 *
 * @param offset how much a window ends before its step
 * @param range the length
 * @param pinned whether all windows end at {@code pinnedAt} minus the offset
 * @param before how much more is needed in front of a window
 * @param after how much more is needed behind it
 */
public record Windows(
    Steps steps, long offset, long range, boolean pinned, long pinnedAt, long before, long after) {

  public int count() {
    return steps.count();
  }

  /** The included end of a step's window. */
  public long end(int step) {
    return (pinned ? pinnedAt : steps.at(step)) - offset;
  }

  /** The excluded start of a step's window. */
  public long start(int step) {
    return end(step) - range;
  }

  /** The first time that is needed for any step. */
  public long firstTime() {
    return start(0) - before + 1;
  }

  /** The last time that is needed for any step. */
  public long lastTime() {
    return end(count() - 1) + after;
  }

  /** Whether there are times between the windows that no step needs. */
  public boolean hasGaps() {
    return !pinned && count() > 1 && steps.step() > range + before + after;
  }

  /** The first time behind {@code time} that is needed. */
  public long nextNeeded(long time) {
    long firstEnd = end(0) + after;
    if (time < firstEnd) {
      return Math.max(time + 1, firstTime());
    }
    long k = Math.ceilDiv(time + 1 - firstEnd, steps.step());
    return Math.max(time + 1, firstTime() + k * steps.step());
  }

  /** The longest time that all windows together span. */
  public long span() {
    return lastTime() - firstTime() + 1;
  }
}
