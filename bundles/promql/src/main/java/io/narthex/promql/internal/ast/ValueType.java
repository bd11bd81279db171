package io.narthex.promql.internal.ast;

/** The types of PromQL. */
public enum ValueType {
  NONE("none", "none"),
  SCALAR("scalar", "scalar"),
  STRING("string", "string"),
  VECTOR("vector", "instant vector"),
  MATRIX("matrix", "range vector");

  private final String text;
  private final String documented;

  ValueType(String text, String documented) {
    this.text = text;
    this.documented = documented;
  }

  /** The name in answers, for instance {@code matrix}. */
  public String text() {
    return text;
  }

  /** The name in messages, for instance {@code range vector}. */
  public String documented() {
    return documented;
  }
}
