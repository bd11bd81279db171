package io.narthex.model;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression on user input: RE2 syntax, linear time, anchored at both ends, dot matches
 * newlines. Literal alternatives, prefixes and "anything" are answered without the engine.
 */
public final class Regex {

  private final String source;
  private final Pattern pattern;
  private final RegexShape shape;

  private Regex(String source, Pattern pattern) {
    this.source = source;
    this.pattern = pattern;
    this.shape = RegexShape.of(source);
  }

  /**
   * Compiles {@code ^(?s:source)$}.
   *
   * @throws RegexSyntaxException with the engine's words
   */
  public static Regex anchored(String source) {
    try {
      // Compiled alone first, so that the message shows the source and not what surrounds it.
      Pattern unused = Pattern.compile(source);
      return new Regex(source, Pattern.compile("^(?s:" + source + ")$"));
    } catch (PatternSyntaxException e) {
      throw new RegexSyntaxException("error parsing regexp: " + describe(e), e);
    }
  }

  private static String describe(PatternSyntaxException e) {
    String pattern = e.getPattern();
    return e.getDescription() + ": `" + (pattern == null ? "" : pattern) + "`";
  }

  /** The expression as it was written. */
  public String source() {
    return source;
  }

  public boolean matches(String s) {
    return switch (shape.kind()) {
      case ANYTHING -> true;
      case NON_EMPTY -> !s.isEmpty();
      case LITERALS -> shape.hasLiteral(s);
      case PREFIX -> s.startsWith(shape.text());
      case SUFFIX -> s.endsWith(shape.text());
      case INFIX -> s.contains(shape.text());
      case GENERAL -> pattern.matcher(s).matches();
    };
  }

  /** The only strings that can match, if the expression is a choice of literals, else null. */
  public @Nullable List<String> literals() {
    return shape.kind() == RegexShape.Kind.LITERALS ? shape.literals() : null;
  }

  /** A beginning that every match has; empty if none is known. */
  public String prefix() {
    return shape.kind() == RegexShape.Kind.PREFIX ? shape.text() : "";
  }

  /**
   * The template with {@code $1}, {@code ${1}}, {@code $name}, {@code ${name}} and {@code $$}
   * replaced by the groups of the match, or null if {@code s} does not match. A group that does not
   * exist or took no part is empty; a {@code $} that starts no reference stays.
   */
  public @Nullable String expand(String s, String template) {
    Matcher m = pattern.matcher(s);
    return m.matches() ? RegexTemplate.expand(template, pattern, m) : null;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Regex r && source.equals(r.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source;
  }
}
