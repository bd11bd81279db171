package io.narthex.storage.remote.internal.receive;

/** A version of remote write, by the message that its requests are. */
enum MessageKind {
  V1("prometheus.WriteRequest"),
  V2("io.prometheus.write.v2.Request");

  private static final int UNSUPPORTED_MEDIA_TYPE = 415;
  private static final String MEDIA_TYPE = "application/x-protobuf";

  private final String message;

  MessageKind(String message) {
    this.message = message;
  }

  /** The full name of the message's type. */
  String message() {
    return message;
  }

  /** The kind that a content type names; the first version where it names none. */
  static MessageKind of(String contentType) throws RefusedException {
    String type = contentType.trim();
    if (type.isEmpty()) {
      return V1;
    }
    String[] parts = type.split(";", -1);
    if (!parts[0].equals(MEDIA_TYPE)) {
      throw unsupported(
          "expected " + MEDIA_TYPE + " as the first (media) part, got " + type + " content-type");
    }
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].split("=", -1);
      if (pair.length != 2) {
        throw unsupported(
            "as per https://www.rfc-editor.org/rfc/rfc9110#parameter expected parameters to be"
                + " key-values, got "
                + parts[i]
                + " in "
                + type
                + " content-type");
      }
      if (pair[0].equals("proto")) {
        return named(pair[1], type);
      }
    }
    return V1;
  }

  private static MessageKind named(String name, String type) throws RefusedException {
    for (MessageKind kind : values()) {
      if (kind.message.equals(name)) {
        return kind;
      }
    }
    throw unsupported(
        "got "
            + type
            + " content type; unknown remote write protobuf message "
            + name
            + ", supported: "
            + V1.message
            + ", "
            + V2.message);
  }

  static RefusedException unsupported(String text) {
    return new RefusedException(UNSUPPORTED_MEDIA_TYPE, text);
  }
}
