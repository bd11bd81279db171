package io.narthex.promql.internal.engine;

import io.narthex.api.query.QueryException;

/** Ends an evaluation from within an operator; the engine hands it out as a QueryException. */
public final class EvaluationFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final QueryException.Kind kind;

  public EvaluationFailure(QueryException.Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public EvaluationFailure(QueryException.Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** A failure that the query itself is to blame for. */
  public static EvaluationFailure of(String message) {
    return new EvaluationFailure(QueryException.Kind.EXECUTION, message);
  }

  public QueryException toQueryException() {
    String message = getMessage() == null ? toString() : getMessage();
    return new QueryException(kind, message, this);
  }
}
