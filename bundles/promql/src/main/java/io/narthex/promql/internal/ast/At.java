package io.narthex.promql.internal.ast;

/** What an {@code @} modifier pins a selection to. */
public sealed interface At {

  /** Milliseconds since the epoch. */
  record Time(long timestamp) implements At {}

  /** The first step of the query. */
  record Start() implements At {}

  /** The last step of the query. */
  record End() implements At {}
}
