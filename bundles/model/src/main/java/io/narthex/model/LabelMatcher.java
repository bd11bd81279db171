package io.narthex.model;

import org.jspecify.annotations.Nullable;

/** A condition on the value of one label; a missing label has the empty value. */
public final class LabelMatcher {

  /** How the value is compared. */
  public enum Type {
    EQUAL("="),
    NOT_EQUAL("!="),
    REGEX("=~"),
    NOT_REGEX("!~");

    private final String operator;

    Type(String operator) {
      this.operator = operator;
    }

    public String operator() {
      return operator;
    }

    public boolean isNegative() {
      return this == NOT_EQUAL || this == NOT_REGEX;
    }
  }

  private final Type type;
  private final String name;
  private final String value;
  private final @Nullable Regex regex;

  /**
   * @throws RegexSyntaxException if the type is a regular expression and the value is none
   */
  public LabelMatcher(Type type, String name, String value) {
    this.type = type;
    this.name = name;
    this.value = value;
    this.regex = type == Type.REGEX || type == Type.NOT_REGEX ? Regex.anchored(value) : null;
  }

  public static LabelMatcher equal(String name, String value) {
    return new LabelMatcher(Type.EQUAL, name, value);
  }

  public Type type() {
    return type;
  }

  public String name() {
    return name;
  }

  public String value() {
    return value;
  }

  /** The compiled expression of a matcher whose type is REGEX or NOT_REGEX, else null. */
  public @Nullable Regex regex() {
    return regex;
  }

  public boolean matches(String s) {
    return switch (type) {
      case EQUAL -> value.equals(s);
      case NOT_EQUAL -> !value.equals(s);
      case REGEX -> regex != null && regex.matches(s);
      case NOT_REGEX -> regex != null && !regex.matches(s);
    };
  }

  public boolean matchesEmpty() {
    return matches("");
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof LabelMatcher m
        && type == m.type
        && name.equals(m.name)
        && value.equals(m.value);
  }

  @Override
  public int hashCode() {
    return (type.hashCode() * 31 + name.hashCode()) * 31 + value.hashCode();
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    if (LabelNames.isLegacyLabelName(name)) {
      out.append(name);
    } else {
      GoQuote.append(out, name);
    }
    out.append(type.operator());
    GoQuote.append(out, value);
    return out.toString();
  }
}
