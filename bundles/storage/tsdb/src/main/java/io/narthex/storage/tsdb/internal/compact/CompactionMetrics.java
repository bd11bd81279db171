package io.narthex.storage.tsdb.internal.compact;

/** What making blocks counts; {@link #NONE} counts nothing. */
public interface CompactionMetrics {

  CompactionMetrics NONE =
      new CompactionMetrics() {
        @Override
        public void compacted(double seconds, boolean overlapping) {}

        @Override
        public void populating(boolean begins) {}

        @Override
        public void chunk(int samples, long bytes, long range) {}

        @Override
        public void cleaned(double seconds) {}
      };

  /**
   * A block was made.
   *
   * @param overlapping whether it was made of blocks that overlap
   */
  void compacted(double seconds, boolean overlapping);

  /** The content of a block begins or ends to be written. */
  void populating(boolean begins);

  /**
   * A chunk of the head goes into a block.
   *
   * @param range milliseconds from its first sample to its last
   */
  void chunk(int samples, long bytes, long range);

  /** What was deleted in blocks has been removed from all of them. */
  void cleaned(double seconds);
}
