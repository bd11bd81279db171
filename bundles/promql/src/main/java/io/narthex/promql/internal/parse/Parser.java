package io.narthex.promql.internal.parse;

import io.narthex.model.LabelMatcher;
import io.narthex.promql.internal.ast.Expr;
import java.util.List;

/** Makes checked syntax trees from texts. */
public final class Parser {

  /** Deeper nesting is refused before it can exhaust a stack. */
  static final int MAX_DEPTH = 250;

  /** The most operators in a row; each makes the tree one level deeper. */
  static final int MAX_CHAIN = 1000;

  private Parser() {}

  /** The syntax tree of a whole expression. */
  public static Expr parse(String text, LanguageOptions options) throws ParseException {
    TokenStream in = new TokenStream(text);
    if (in.at(TokenType.EOF)) {
      throw new ParseException(
          (text.isEmpty() ? "unknown position" : "1:1")
              + ": parse error: no expression found in input");
    }
    try {
      Expr expr = new ExpressionParser(in, options).expression();
      if (!in.at(TokenType.EOF)) {
        throw in.unexpected("", "");
      }
      in.check();
      new TypeChecker(in).check(expr);
      in.check();
      return expr;
    } catch (TokenStream.Stop e) {
      in.check();
      throw new IllegalStateException("parsing stopped without an error: " + text, e);
    }
  }

  /** The matchers of a selector without modifiers. */
  public static List<LabelMatcher> parseSelector(String text) throws ParseException {
    TokenStream in = new TokenStream(text);
    try {
      Expr.VectorSelector selector = new SelectorParser(in).selector();
      if (!in.at(TokenType.EOF)) {
        throw in.unexpected("", "");
      }
      in.check();
      new TypeChecker(in).check(selector);
      in.check();
      return selector.matchers();
    } catch (TokenStream.Stop e) {
      in.check();
      throw new IllegalStateException("parsing stopped without an error: " + text, e);
    }
  }
}
