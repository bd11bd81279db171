package io.narthex.api.query;

/** A query that has no result. */
public final class QueryException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why; decides the error type and status of the answer. */
  public enum Kind {
    /** The query or a parameter is malformed. */
    BAD_DATA,
    /** Evaluation failed, or a limit on samples or bytes was reached. */
    EXECUTION,
    CANCELED,
    TIMEOUT,
    /** The storage failed. */
    INTERNAL
  }

  private final Kind kind;

  public QueryException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public QueryException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
