package io.narthex.promql.internal.parse;

import io.narthex.model.GoQuote;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.promql.internal.ast.BinaryOperator;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.FunctionSignature;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.ast.ValueType;
import io.narthex.promql.internal.ast.VectorMatching;
import io.narthex.promql.internal.ast.VectorMatching.Cardinality;
import java.util.List;

/** Checks that operands, arguments and matchers fit together; the first misfit is recorded. */
final class TypeChecker {

  private final TokenStream in;

  TypeChecker(TokenStream in) {
    this.in = in;
  }

  void check(Expr node) {
    switch (node) {
      case Expr.NumberLiteral n -> {}
      case Expr.StringLiteral s -> {}
      case Expr.Paren p -> check(p.inner());
      case Expr.MatrixSelector m -> check(m.vector());
      case Expr.VectorSelector v -> selector(v, true);
      case Expr.Unary u -> unary(u);
      case Expr.Subquery s -> subquery(s);
      case Expr.Aggregate a -> aggregate(a);
      case Expr.Call c -> call(c);
      case Expr.Binary b -> binary(b);
    }
  }

  private void expect(Expr node, ValueType wanted, String context) {
    check(node);
    if (node.type() != wanted) {
      in.error(
          node.position(),
          "expected type "
              + wanted.documented()
              + " in "
              + context
              + ", got "
              + node.type().documented());
    }
  }

  private void unary(Expr.Unary u) {
    check(u.operand());
    if (!isNumeric(u.operand())) {
      in.error(
          u.position(),
          "unary expression only allowed on expressions of type scalar or instant vector, got "
              + GoQuote.quote(u.operand().type().documented()));
    }
  }

  private void subquery(Expr.Subquery s) {
    check(s.inner());
    if (s.inner().type() != ValueType.VECTOR) {
      in.error(
          s.position(),
          "subquery is only allowed on instant vector, got "
              + s.inner().type().text()
              + " instead");
    }
  }

  private void aggregate(Expr.Aggregate a) {
    expect(a.inner(), ValueType.VECTOR, "aggregation expression");
    ValueType wanted = a.operator().parameter();
    if (wanted != null && a.parameter() != null) {
      expect(a.parameter(), wanted, "aggregation parameter");
    }
  }

  private void call(Expr.Call c) {
    FunctionSignature f = c.function();
    int given = c.arguments().size();
    String count = " argument(s) in call to " + GoQuote.quote(f.name()) + ", got " + given;
    if (f.variadic() == 0 && given != f.minimum()) {
      in.error(c.position(), "expected " + f.minimum() + count);
    } else if (given < f.minimum()) {
      in.error(c.position(), "expected at least " + f.minimum() + count);
    } else if (given > f.maximum()) {
      in.error(c.position(), "expected at most " + f.maximum() + count);
    }
    String context = "call to function " + GoQuote.quote(f.name());
    List<ValueType> types = f.arguments();
    for (int i = 0; i < given; i++) {
      if (i >= types.size() && f.variadic() == 0) {
        return;
      }
      Expr argument = c.arguments().get(i);
      if (i == 1 && f.name().equals("info")) {
        infoSelector(argument, context);
      } else {
        expect(argument, types.get(Math.min(i, types.size() - 1)), context);
      }
    }
  }

  /** The second argument of info has label matchers only, and may match the empty label set. */
  private void infoSelector(Expr argument, String context) {
    if (argument.type() != ValueType.VECTOR) {
      expect(argument, ValueType.VECTOR, context);
    } else if (!(argument instanceof Expr.VectorSelector v)) {
      in.error(argument.position(), "expected label selectors only");
    } else if (!v.name().isEmpty()) {
      in.error(argument.position(), "expected label selectors only, got vector selector instead");
    } else {
      selector(v, false);
    }
  }

  private void selector(Expr.VectorSelector v, boolean needsNonEmptyMatcher) {
    int others = v.matchers().size() - (v.name().isEmpty() ? 0 : 1);
    for (LabelMatcher m : v.matchers().subList(0, others)) {
      if (!v.name().isEmpty() && m.name().equals(Labels.NAME)) {
        in.error(
            v.position(),
            "metric name must not be set twice: "
                + GoQuote.quote(v.name())
                + " or "
                + GoQuote.quote(m.value()));
      }
    }
    if (needsNonEmptyMatcher && v.name().isEmpty() && allMatchEmpty(v.matchers())) {
      in.error(v.position(), "vector selector must contain at least one non-empty matcher");
    }
  }

  private static boolean allMatchEmpty(List<LabelMatcher> matchers) {
    for (LabelMatcher m : matchers) {
      if (!m.matchesEmpty()) {
        return false;
      }
    }
    return true;
  }

  private void binary(Expr.Binary b) {
    check(b.left());
    check(b.right());
    BinaryOperator op = b.operator();
    boolean scalars = b.left().type() == ValueType.SCALAR && b.right().type() == ValueType.SCALAR;
    if (b.returnBool() && !op.isComparison()) {
      in.error(between(b), "bool modifier can only be used on comparison operators");
    }
    if (op.isComparison() && !b.returnBool() && scalars) {
      in.error(between(b), "comparisons between scalars must use BOOL modifier");
    }
    VectorMatching m = b.matching();
    if (m != null && m.on()) {
      for (String label : m.labels()) {
        if (m.include().contains(label)) {
          in.error(
              between(b),
              "label " + GoQuote.quote(label) + " must not occur in ON and GROUP clause at once");
        }
      }
    }
    operands(b, m);
  }

  private void operands(Expr.Binary b, @org.jspecify.annotations.Nullable VectorMatching m) {
    String types = "binary expression must contain only scalar and instant vector types";
    if (!isNumeric(b.left())) {
      in.error(b.left().position(), types);
    }
    if (!isNumeric(b.right())) {
      in.error(b.right().position(), types);
    }
    boolean vectors = b.left().type() == ValueType.VECTOR && b.right().type() == ValueType.VECTOR;
    String symbol = GoQuote.quote(b.operator().symbol());
    boolean fill = m != null && (m.fillLeft() != null || m.fillRight() != null);
    if (!vectors && m != null) {
      if (!m.labels().isEmpty()) {
        in.error(b.position(), "vector matching only allowed between instant vectors");
      }
      if (fill) {
        in.error(b.position(), "filling in missing series only allowed between instant vectors");
      }
    } else if (m != null && b.operator().isSet()) {
      if (m.cardinality() == Cardinality.MANY_TO_ONE
          || m.cardinality() == Cardinality.ONE_TO_MANY) {
        in.error(b.position(), "no grouping allowed for " + symbol + " operation");
      }
      if (fill) {
        in.error(b.position(), "filling in missing series not allowed for set operators");
      }
    }
    boolean scalar = b.left().type() == ValueType.SCALAR || b.right().type() == ValueType.SCALAR;
    if (scalar && b.operator().isSet()) {
      in.error(b.position(), "set operator " + symbol + " not allowed in binary scalar expression");
    }
  }

  /** Where the operator stands. */
  private Position between(Expr.Binary b) {
    String text = in.text();
    int start = b.left().position().end();
    while (start < text.length() && Lexer.isBlank(text.charAt(start))) {
      start++;
    }
    return new Position(start, b.right().position().start());
  }

  private static boolean isNumeric(Expr e) {
    return e.type() == ValueType.SCALAR || e.type() == ValueType.VECTOR;
  }
}
