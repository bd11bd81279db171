package io.narthex.promql.internal.parse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A text that is put together from characters and single bytes of its UTF-8 form. */
final class ByteText {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  void rune(int c) {
    bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
  }

  void octet(int b) {
    bytes.write(b);
  }

  /** Bytes that are no UTF-8 become U+FFFD. */
  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
