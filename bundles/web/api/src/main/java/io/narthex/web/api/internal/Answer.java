package io.narthex.web.api.internal;

import java.io.IOException;
import java.util.List;

/**
 * What an endpoint answers: data that writes itself, and what the client should be told besides.
 *
 * @param data null for an answer without content
 * @param release frees what the data needs, called once whether it was written or not
 */
record Answer(
    @org.jspecify.annotations.Nullable Data data,
    List<String> warnings,
    List<String> infos,
    Runnable release) {

  /** Writes one JSON value. */
  @FunctionalInterface
  interface Data {
    void write(JsonWriter json) throws IOException;
  }

  Answer {
    warnings = List.copyOf(warnings);
    infos = List.copyOf(infos);
  }

  static Answer of(Data data) {
    return new Answer(data, List.of(), List.of(), () -> {});
  }

  static Answer of(Data data, List<String> warnings) {
    return new Answer(data, warnings, List.of(), () -> {});
  }

  static Answer nothing() {
    return new Answer(null, List.of(), List.of(), () -> {});
  }
}
