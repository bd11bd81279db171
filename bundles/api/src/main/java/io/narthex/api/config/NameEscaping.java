package io.narthex.api.config;

/** How a target is asked to escape names that are not legacy names. */
public enum NameEscaping {
  ALLOW_UTF_8("allow-utf-8"),
  UNDERSCORES("underscores"),
  DOTS("dots"),
  VALUES("values");

  private final String text;

  NameEscaping(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
