package io.narthex.logging;

/** One line being written, field by field. */
interface LineFormat {

  void field(String key, String value);

  /** A number or boolean, as it is written. */
  void literal(String key, String value);

  /** The whole line with its line feed. */
  String end();
}
