package io.narthex.promql.internal.parse;

import io.narthex.promql.internal.ast.BinaryOperator;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.FunctionSignature;
import io.narthex.promql.internal.ast.Functions;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.ast.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses expressions by precedence climbing. */
final class ExpressionParser {

  private final TokenStream in;
  private final LanguageOptions options;
  private final ModifierParser modifiers;
  private final BinaryParser binaries;
  private int depth;

  ExpressionParser(TokenStream in, LanguageOptions options) {
    this.in = in;
    this.options = options;
    this.modifiers = new ModifierParser(in, options);
    this.binaries = new BinaryParser(in, options);
  }

  Expr expression() throws TokenStream.Stop {
    return expression(0);
  }

  /** An expression whose operators bind at least as tight as {@code precedence}. */
  private Expr expression(int precedence) throws TokenStream.Stop {
    if (++depth > Parser.MAX_DEPTH) {
      throw tooDeep();
    }
    Expr left = unary();
    for (int chain = 0; in.at(TokenType.OPERATOR); chain++) {
      if (chain == Parser.MAX_CHAIN) {
        throw tooDeep();
      }
      BinaryOperator op = BinaryParser.operator(in.peek());
      if (op == null || op.precedence() < precedence) {
        break;
      }
      in.take();
      BinaryParser.Modifiers mods = binaries.modifiers(op);
      int next = op.isRightAssociative() ? op.precedence() : op.precedence() + 1;
      left = BinaryParser.node(op, left, expression(next), mods);
    }
    depth--;
    return left;
  }

  private TokenStream.Stop tooDeep() {
    in.error(in.peek().position(), "expression nested too deeply");
    return new TokenStream.Stop();
  }

  private Expr unary() throws TokenStream.Stop {
    if (!in.at(TokenType.OPERATOR, "-") && !in.at(TokenType.OPERATOR, "+")) {
      return modifiers.postfix(primary());
    }
    Token sign = in.take();
    boolean negative = sign.text().equals("-");
    Expr operand = expression(BinaryOperator.POW.precedence());
    Position position = sign.position().to(operand.position());
    if (operand instanceof Expr.NumberLiteral n) {
      return new Expr.NumberLiteral(position, negative ? -n.value() : n.value(), n.duration());
    }
    return new Expr.Unary(position, negative, operand);
  }

  private Expr primary() throws TokenStream.Stop {
    Token t = in.peek();
    switch (t.type()) {
      case NUMBER, DURATION -> {
        in.take();
        return new Expr.NumberLiteral(t.position(), Numbers.value(in, t), t.is(TokenType.DURATION));
      }
      case STRING -> {
        in.take();
        return new Expr.StringLiteral(t.position(), StringScanner.unquote(t.text()));
      }
      case LEFT_PAREN -> {
        in.take();
        Expr inner = expression(0);
        Token close = in.expect(TokenType.RIGHT_PAREN, "", "");
        return new Expr.Paren(t.position().to(close.position()), inner);
      }
      case AGGREGATOR -> {
        return startsAggregation(in.peekSecond())
            ? new AggregationParser(in, this, options).aggregation()
            : new SelectorParser(in).selector();
      }
      case IDENTIFIER, PREPROCESSOR -> {
        return in.peekSecond().is(TokenType.LEFT_PAREN)
            ? call()
            : new SelectorParser(in).selector();
      }
      default -> {
        return new SelectorParser(in).selector();
      }
    }
  }

  private static boolean startsAggregation(Token t) {
    return t.is(TokenType.LEFT_PAREN)
        || t.is(TokenType.KEYWORD, "by")
        || t.is(TokenType.KEYWORD, "without");
  }

  private Expr call() throws TokenStream.Stop {
    Token name = in.take();
    FunctionSignature function = function(name);
    List<Expr> arguments = arguments();
    return new Expr.Call(new Position(name.start(), in.lastEnd()), function, arguments);
  }

  private FunctionSignature function(Token name) {
    @Nullable FunctionSignature f = Functions.find(name.text());
    if (f == null) {
      in.error(
          name.position(),
          "unknown function with name " + io.narthex.model.GoQuote.quote(name.text()));
      return new FunctionSignature(name.text(), List.of(), -1, ValueType.VECTOR, false);
    }
    if (f.experimental() && !options.experimentalFunctions()) {
      in.error(
          name.position(),
          "function " + io.narthex.model.GoQuote.quote(name.text()) + " is not enabled");
    }
    return f;
  }

  /** The arguments between parentheses. */
  List<Expr> arguments() throws TokenStream.Stop {
    in.expect(TokenType.LEFT_PAREN, "", "");
    List<Expr> arguments = new ArrayList<>();
    while (!in.skip(TokenType.RIGHT_PAREN)) {
      arguments.add(expression(0));
      Token comma = in.peek();
      if (in.skip(TokenType.COMMA)) {
        if (in.at(TokenType.RIGHT_PAREN)) {
          in.error(comma.position(), "trailing commas not allowed in function call args");
        }
      } else if (!in.at(TokenType.RIGHT_PAREN)) {
        throw in.unexpected("", "");
      }
    }
    return arguments;
  }
}
