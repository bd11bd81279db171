package io.narthex.promql.internal.engine.data;

/**
 * The times at which an expression is evaluated, evenly spaced.
 *
 * @param start the first one, in milliseconds
 * @param step the distance, positive
 */
public record Steps(long start, long step, int count) {

  public static Steps single(long time) {
    return new Steps(time, 1, 1);
  }

  public long at(int i) {
    return start + i * step;
  }

  /** The last one. */
  public long end() {
    return at(count - 1);
  }

  /** The length of a bitmap with a bit for each step. */
  public int words() {
    return (count + 63) >>> 6;
  }
}
