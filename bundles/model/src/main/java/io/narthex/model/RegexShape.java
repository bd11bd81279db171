package io.narthex.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What can be told of an anchored expression from its text alone: a choice of literals, a literal
 * beside {@code .*}, or nothing ({@link Kind#GENERAL}).
 */
record RegexShape(Kind kind, String text, List<String> literals, Set<String> literalSet) {

  private static final String META = "\\.+*?()|[]{}^$";

  enum Kind {
    ANYTHING,
    NON_EMPTY,
    LITERALS,
    PREFIX,
    SUFFIX,
    INFIX,
    GENERAL
  }

  static RegexShape of(String source) {
    if (source.equals(".*")) {
      return textual(Kind.ANYTHING, "");
    }
    if (source.equals(".+")) {
      return textual(Kind.NON_EMPTY, "");
    }
    List<String> choices = choices(source);
    if (choices != null) {
      return new RegexShape(Kind.LITERALS, "", choices, new HashSet<>(choices));
    }
    boolean open = source.startsWith(".*");
    boolean close = source.endsWith(".*") && source.length() >= (open ? 4 : 2);
    if (open || close) {
      String middle = source.substring(open ? 2 : 0, source.length() - (close ? 2 : 0));
      if (isLiteral(middle)) {
        return textual(open && close ? Kind.INFIX : open ? Kind.SUFFIX : Kind.PREFIX, middle);
      }
    }
    return textual(Kind.GENERAL, "");
  }

  boolean hasLiteral(String s) {
    return literalSet.contains(s);
  }

  private static RegexShape textual(Kind kind, String text) {
    return new RegexShape(kind, text, List.of(), Set.of());
  }

  /** The alternatives of {@code a|b|c} or {@code (a|b|c)}, or null if one is no plain literal. */
  private static @org.jspecify.annotations.Nullable List<String> choices(String source) {
    String body = source;
    if (body.startsWith("(") && body.endsWith(")")) {
      body = body.startsWith("(?:") ? body.substring(3) : body.substring(1);
      body = body.substring(0, body.length() - 1);
    }
    List<String> out = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= body.length(); i++) {
      if (i == body.length() || body.charAt(i) == '|') {
        String literal = unescape(body.substring(from, i));
        if (literal == null) {
          return null;
        }
        out.add(literal);
        from = i + 1;
      }
    }
    return out;
  }

  private static boolean isLiteral(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (META.indexOf(s.charAt(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** The literal that the text stands for, with escaped meta characters, or null if it is none. */
  private static @org.jspecify.annotations.Nullable String unescape(String s) {
    if (isLiteral(s)) {
      return s;
    }
    StringBuilder out = new StringBuilder(s.length());
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == '\\') {
        if (++i == s.length() || (META.indexOf(s.charAt(i)) < 0 && s.charAt(i) != '-')) {
          return null;
        }
        out.append(s.charAt(i));
      } else if (META.indexOf(c) >= 0) {
        return null;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
