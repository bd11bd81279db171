package io.narthex.storage.remote.internal.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a kind of message may hold: the fields by number. Other fields are stepped over. */
public final class Shape {

  /** How a field's values are encoded. */
  enum Kind {
    /** A number. */
    VARINT,
    /** A number of eight bytes. */
    FIXED64,
    /** Text. */
    BYTES,
    MESSAGE,
    /** Numbers, each for itself or packed. */
    VARINTS,
    /** Numbers of eight bytes, each for itself or packed. */
    FIXED64S
  }

  record Field(String name, Kind kind, @Nullable Shape message) {}

  final String name;
  private final List<@Nullable Field> fields = new ArrayList<>();

  Shape(String name) {
    this.name = name;
  }

  /** The field of that number, null if the shape has none. */
  @Nullable Field field(int number) {
    return number < fields.size() ? fields.get(number) : null;
  }

  Shape varint(int number, String field) {
    return add(number, new Field(field, Kind.VARINT, null));
  }

  Shape fixed64(int number, String field) {
    return add(number, new Field(field, Kind.FIXED64, null));
  }

  Shape bytes(int number, String field) {
    return add(number, new Field(field, Kind.BYTES, null));
  }

  Shape message(int number, String field, Shape shape) {
    return add(number, new Field(field, Kind.MESSAGE, shape));
  }

  Shape varints(int number, String field) {
    return add(number, new Field(field, Kind.VARINTS, null));
  }

  Shape fixed64s(int number, String field) {
    return add(number, new Field(field, Kind.FIXED64S, null));
  }

  private Shape add(int number, Field field) {
    while (fields.size() <= number) {
      fields.add(null);
    }
    fields.set(number, field);
    return this;
  }
}
