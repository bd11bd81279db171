package io.narthex.storage.tsdb.internal.wal;

/** What the log counts; {@link #NONE} counts nothing. */
public interface WalMetrics {

  WalMetrics NONE =
      new WalMetrics() {
        @Override
        public void pageFlushed() {}

        @Override
        public void pageCompleted() {}

        @Override
        public void writeFailed() {}

        @Override
        public void synced(double seconds) {}
      };

  void pageFlushed();

  void pageCompleted();

  void writeFailed();

  void synced(double seconds);

  /** The same figures for the out-of-order log. */
  default WalMetrics outOfOrder() {
    return NONE;
  }
}
