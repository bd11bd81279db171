package io.narthex.promql.internal.parse;

import io.narthex.promql.internal.ast.AggregateOperator;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.Position;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses aggregations, with their grouping before or behind the arguments. */
final class AggregationParser {

  private final TokenStream in;
  private final ExpressionParser expressions;
  private final LanguageOptions options;

  AggregationParser(TokenStream in, ExpressionParser expressions, LanguageOptions options) {
    this.in = in;
    this.expressions = expressions;
    this.options = options;
  }

  private record Grouping(List<String> labels, boolean without) {}

  Expr aggregation() throws TokenStream.Stop {
    Token name = in.take();
    AggregateOperator op = AggregateOperator.valueOf(name.text().toUpperCase(Locale.ROOT));
    Grouping grouping = grouping();
    List<Expr> arguments = expressions.arguments();
    if (grouping == null) {
      grouping = grouping();
    }
    if (grouping == null) {
      grouping = new Grouping(List.of(), false);
    }
    Position position = new Position(name.start(), in.lastEnd());
    int wanted = op.parameter() == null ? 1 : 2;
    String error = error(op, name.lower(), arguments.size(), wanted);
    if (error != null) {
      in.error(position, error);
      // Stands for the arguments that are missing; the error keeps it from being used.
      return new Expr.NumberLiteral(position, 0, false);
    }
    return new Expr.Aggregate(
        position,
        op,
        arguments.get(wanted - 1),
        wanted == 2 ? arguments.get(0) : null,
        grouping.labels(),
        grouping.without());
  }

  private @Nullable String error(AggregateOperator op, String name, int given, int wanted) {
    if (given == 0) {
      return "no arguments for aggregate expression provided";
    }
    if (op.isExperimental() && !options.experimentalFunctions()) {
      return name
          + "() is experimental and must be enabled with"
          + " --enable-feature=promql-experimental-functions";
    }
    return given == wanted
        ? null
        : "wrong number of arguments for aggregate expression provided, expected "
            + wanted
            + ", got "
            + given;
  }

  private @Nullable Grouping grouping() throws TokenStream.Stop {
    boolean without = in.at(TokenType.KEYWORD, "without");
    if (!without && !in.at(TokenType.KEYWORD, "by")) {
      return null;
    }
    in.take();
    return new Grouping(GroupingParser.labels(in), without);
  }
}
