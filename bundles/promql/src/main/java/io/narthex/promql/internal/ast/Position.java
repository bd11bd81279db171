package io.narthex.promql.internal.ast;

/** A part of the query's text: characters from {@code start} to before {@code end}. */
public record Position(int start, int end) {

  /** From the beginning of this to the end of the other. */
  public Position to(Position other) {
    return new Position(start, other.end);
  }
}
