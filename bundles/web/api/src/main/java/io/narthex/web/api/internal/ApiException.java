package io.narthex.web.api.internal;

/** An answer that is an error. */
final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The reference's kinds of errors, with the status that each gives. */
  enum Type {
    BAD_DATA("bad_data", 400),
    EXECUTION("execution", 422),
    CANCELED("canceled", 499),
    TIMEOUT("timeout", 503),
    INTERNAL("internal", 500),
    UNAVAILABLE("unavailable", 500),
    /** A module is not there now; unlike {@link #UNAVAILABLE}, worth another try. */
    MISSING("unavailable", 503),
    NOT_FOUND("not_found", 404),
    NOT_ACCEPTABLE("not_acceptable", 406);

    private final String text;
    private final int status;

    Type(String text, int status) {
      this.text = text;
      this.status = status;
    }

    String text() {
      return text;
    }

    int status() {
      return status;
    }
  }

  private final Type type;

  ApiException(Type type, String message) {
    super(message, null, false, false);
    this.type = type;
  }

  ApiException(Type type, String message, Throwable cause) {
    super(message, cause, false, false);
    this.type = type;
  }

  static ApiException badData(String message) {
    return new ApiException(Type.BAD_DATA, message);
  }

  /** A parameter that can't be used, in the reference's words. */
  static ApiException parameter(String name, String message) {
    return badData("invalid parameter \"" + name + "\": " + message);
  }

  static ApiException missing(String module) {
    return new ApiException(Type.MISSING, "unavailable: the " + module + " is not running");
  }

  Type type() {
    return type;
  }

  String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
