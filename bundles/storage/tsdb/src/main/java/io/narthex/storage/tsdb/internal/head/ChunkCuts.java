package io.narthex.storage.tsdb.internal.head;

/**
 * When chunks end. Times are in milliseconds; ends are given relative to a chunk's first sample and
 * capped at what an int holds.
 *
 * @param chunkRange no chunk goes over a multiple of it
 * @param targetSamples of a chunk
 */
record ChunkCuts(long chunkRange, int targetSamples) {

  /** With how many samples in the chunk its end is predicted. */
  int predictAt() {
    return targetSamples / 4;
  }

  /** With how many samples a chunk is cut in any case: the prediction was wrong. */
  int maxSamples() {
    return Math.min(targetSamples * 2, 0x7FFF);
  }

  /** The end of the aligned range that {@code t} lies in. */
  int rangeEnd(long t) {
    long end = t / chunkRange * chunkRange + chunkRange;
    return capped(end - t);
  }

  /** The end that makes the chunks up to {@code end} about equal, seen after a quarter of one. */
  int predictEnd(long minTime, long lastTime, int end) {
    return predictEnd(minTime, lastTime, end, 4);
  }

  /**
   * @param ratio how many times what is there makes a full chunk
   */
  int predictEnd(long minTime, long lastTime, int end, double ratio) {
    double n = end / ((lastTime - minTime + 1) * ratio);
    if (n <= 1) {
      return end;
    }
    return (int) (end / Math.floor(n));
  }

  private static int capped(long duration) {
    return (int) Math.min(duration, Integer.MAX_VALUE);
  }
}
