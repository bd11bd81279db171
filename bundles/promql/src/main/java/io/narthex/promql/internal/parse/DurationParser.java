package io.narthex.promql.internal.parse;

import io.narthex.promql.internal.ast.BinaryOperator;
import io.narthex.promql.internal.ast.DurationExpr;
import io.narthex.promql.internal.ast.DurationExpr.Literal;
import io.narthex.promql.internal.ast.Position;

/** Parses durations and their arithmetic, in brackets and behind {@code offset}. */
final class DurationParser {

  private static final String EXPECTED = "number, duration, step(), or range()";
  private static final double MAX_SECONDS = 9_223_372_036.854775807;

  private final TokenStream in;
  private int depth;

  DurationParser(TokenStream in) {
    this.in = in;
  }

  /** A range or step; a literal must be greater than 0. */
  DurationExpr positive(String context) throws TokenStream.Stop {
    DurationExpr d = expression(0, context);
    if (d instanceof Literal literal && literal.seconds() <= 0) {
      in.error(literal.position(), "duration must be greater than 0");
    }
    return d;
  }

  /** What may follow {@code offset}: a sign, and a literal, function or parentheses. */
  DurationExpr offset() throws TokenStream.Stop {
    return signed("offset", EXPECTED, false);
  }

  private DurationExpr expression(int precedence, String context) throws TokenStream.Stop {
    if (++depth > Parser.MAX_DEPTH) {
      in.error(in.peek().position(), "expression nested too deeply");
      throw new TokenStream.Stop();
    }
    DurationExpr left = signed(context, EXPECTED, true);
    while (in.at(TokenType.OPERATOR)) {
      BinaryOperator op = arithmetic(in.peek().text());
      if (op == null || op.precedence() < precedence) {
        break;
      }
      in.take();
      int next = op.isRightAssociative() ? op.precedence() : op.precedence() + 1;
      DurationExpr right = expression(next, context);
      if (right instanceof Literal zero && zero.seconds() == 0) {
        if (op == BinaryOperator.DIV) {
          in.error(zero.position(), "division by zero");
        } else if (op == BinaryOperator.MOD) {
          in.error(zero.position(), "modulo by zero");
        }
      }
      left = new DurationExpr.Binary(left.position().to(right.position()), op, left, right);
    }
    depth--;
    return left;
  }

  private DurationExpr signed(String context, String expected, boolean inBrackets)
      throws TokenStream.Stop {
    if (!in.at(TokenType.OPERATOR, "-") && !in.at(TokenType.OPERATOR, "+")) {
      return primary(context, expected);
    }
    Token sign = in.take();
    boolean negative = sign.text().equals("-");
    DurationExpr operand =
        inBrackets
            ? expression(BinaryOperator.POW.precedence(), context)
            : signed(context, expected, false);
    Position position = sign.position().to(operand.position());
    if (operand instanceof Literal l) {
      return new Literal(
          position,
          negative ? -l.seconds() : l.seconds(),
          negative ? -l.millis() : l.millis(),
          l.duration());
    }
    return new DurationExpr.Unary(position, negative, operand);
  }

  private DurationExpr primary(String context, String expected) throws TokenStream.Stop {
    Token t = in.peek();
    return switch (t.type()) {
      case NUMBER, DURATION -> literal(in.take());
      case PREPROCESSOR -> function(in.take(), context, expected);
      case LEFT_PAREN -> {
        in.take();
        DurationExpr inner = expression(0, context);
        Token close = in.expect(TokenType.RIGHT_PAREN, context, "");
        yield new DurationExpr.Paren(t.position().to(close.position()), inner);
      }
      default -> throw in.unexpected(context, expected);
    };
  }

  private Literal literal(Token t) {
    double seconds = Numbers.value(in, t);
    if (Double.isNaN(seconds) || Math.abs(seconds) > MAX_SECONDS) {
      in.error(t.position(), "duration out of range");
      seconds = 1;
    }
    return new Literal(t.position(), seconds, millis(seconds), t.is(TokenType.DURATION));
  }

  /** Rounded to nanoseconds, then cut to milliseconds. */
  private static long millis(double seconds) {
    return Math.round(seconds * 1e9) / 1_000_000;
  }

  private DurationExpr function(Token name, String context, String expected)
      throws TokenStream.Stop {
    in.expect(TokenType.LEFT_PAREN, context, expected);
    String lower = name.lower();
    switch (lower) {
      case "step", "range" -> {
        Token close = in.expect(TokenType.RIGHT_PAREN, context, "");
        Position p = name.position().to(close.position());
        return lower.equals("step") ? new DurationExpr.Step(p) : new DurationExpr.Range(p);
      }
      case "min_of", "max_of" -> {
        DurationExpr left = expression(0, context);
        in.expect(TokenType.COMMA, context, "");
        DurationExpr right = expression(0, context);
        Token close = in.expect(TokenType.RIGHT_PAREN, context, "");
        return new DurationExpr.Extreme(
            name.position().to(close.position()), lower.equals("max_of"), left, right);
      }
      default -> throw in.unexpected(context, expected);
    }
  }

  private static @org.jspecify.annotations.Nullable BinaryOperator arithmetic(String symbol) {
    return switch (symbol) {
      case "+" -> BinaryOperator.ADD;
      case "-" -> BinaryOperator.SUB;
      case "*" -> BinaryOperator.MUL;
      case "/" -> BinaryOperator.DIV;
      case "%" -> BinaryOperator.MOD;
      case "^" -> BinaryOperator.POW;
      default -> null;
    };
  }
}
