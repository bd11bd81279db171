package io.narthex.promql.internal.engine;

/** Keeps what is being evaluated where it can be found after a crash. */
public interface ActiveQueries extends AutoCloseable {

  /** Keeps nothing. */
  ActiveQueries NONE =
      new ActiveQueries() {
        @Override
        public Entry insert(String query) {
          return () -> {};
        }

        @Override
        public void close() {}
      };

  /** Notes that a query begins. */
  Entry insert(String query);

  @Override
  void close();

  /** A query that runs; closed when it has ended. */
  @FunctionalInterface
  interface Entry extends AutoCloseable {
    @Override
    void close();
  }
}
