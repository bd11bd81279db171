package io.narthex.promql.internal.language;

import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryLanguage;
import io.narthex.model.LabelMatcher;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.parse.LanguageOptions;
import io.narthex.promql.internal.parse.ParseException;
import io.narthex.promql.internal.parse.Parser;
import io.narthex.promql.internal.print.PrettyPrinter;
import io.narthex.promql.internal.print.SyntaxTreeJson;
import java.util.ArrayList;
import java.util.List;

/** PromQL as text, with the experimental parts that the options allow. */
public final class PromqlLanguage implements QueryLanguage {

  private final LanguageOptions options;

  public PromqlLanguage(LanguageOptions options) {
    this.options = options;
  }

  @Override
  public String format(String expression) throws QueryException {
    return PrettyPrinter.print(parse(expression));
  }

  @Override
  public String syntaxTreeJson(String expression) throws QueryException {
    return SyntaxTreeJson.print(parse(expression));
  }

  @Override
  public List<LabelMatcher> parseSelector(String selector) throws QueryException {
    try {
      return Parser.parseSelector(selector);
    } catch (ParseException e) {
      throw badData(e);
    }
  }

  @Override
  public List<List<LabelMatcher>> selectors(String expression) throws QueryException {
    List<List<LabelMatcher>> found = new ArrayList<>();
    collect(parse(expression), found);
    return found;
  }

  @Override
  public String type(String expression) throws QueryException {
    return parse(expression).type().text();
  }

  private Expr parse(String expression) throws QueryException {
    try {
      return Parser.parse(expression, options);
    } catch (ParseException e) {
      throw badData(e);
    }
  }

  private static QueryException badData(ParseException e) {
    return new QueryException(QueryException.Kind.BAD_DATA, String.valueOf(e.getMessage()), e);
  }

  private static void collect(Expr e, List<List<LabelMatcher>> found) {
    switch (e) {
      case Expr.NumberLiteral n -> {}
      case Expr.StringLiteral s -> {}
      case Expr.VectorSelector v -> found.add(v.matchers());
      case Expr.MatrixSelector m -> found.add(m.vector().matchers());
      case Expr.Subquery s -> collect(s.inner(), found);
      case Expr.Paren p -> collect(p.inner(), found);
      case Expr.Unary u -> collect(u.operand(), found);
      case Expr.Binary b -> {
        collect(b.left(), found);
        collect(b.right(), found);
      }
      case Expr.Aggregate a -> {
        if (a.parameter() != null) {
          collect(a.parameter(), found);
        }
        collect(a.inner(), found);
      }
      case Expr.Call c -> c.arguments().forEach(argument -> collect(argument, found));
    }
  }
}
