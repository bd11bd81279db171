package io.narthex.api.storage;

/** What became of one appended sample. */
public enum Outcome {
  STORED(""),
  /** The reference names no live series; ask {@link Appender#series} for a new one. */
  UNKNOWN_SERIES("unknown series reference"),
  OUT_OF_ORDER("out of order sample"),
  /** Another value is there for this timestamp; an equal one gives {@link #STORED}. */
  DUPLICATE("duplicate sample for timestamp"),
  OUT_OF_BOUNDS("out of bounds"),
  TOO_OLD("too old sample"),
  /** The sample itself is malformed; {@link Appender#explanation} says how. */
  INVALID("invalid sample"),
  /** A limit on series or space; {@link Appender#explanation} names it. */
  LIMIT("limit exceeded");

  private final String text;

  Outcome(String text) {
    this.text = text;
  }

  /** The reference's error text, without details. */
  public String text() {
    return text;
  }
}
