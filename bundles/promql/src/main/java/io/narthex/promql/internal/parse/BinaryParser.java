package io.narthex.promql.internal.parse;

import io.narthex.promql.internal.ast.BinaryOperator;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.ValueType;
import io.narthex.promql.internal.ast.VectorMatching;
import io.narthex.promql.internal.ast.VectorMatching.Cardinality;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses what stands between the operands of a binary operator. */
final class BinaryParser {

  private static final Map<String, BinaryOperator> BY_SYMBOL = new HashMap<>();

  static {
    for (BinaryOperator op : BinaryOperator.values()) {
      BY_SYMBOL.put(op.symbol(), op);
    }
  }

  /**
   * @param matching as written; it is meaningless unless both operands are vectors
   */
  record Modifiers(boolean returnBool, VectorMatching matching) {}

  private final TokenStream in;
  private final LanguageOptions options;

  BinaryParser(TokenStream in, LanguageOptions options) {
    this.in = in;
    this.options = options;
  }

  /** The operator of a token, null if it stands between no operands. */
  static @Nullable BinaryOperator operator(Token t) {
    return BY_SYMBOL.get(t.lower());
  }

  static Expr node(BinaryOperator op, Expr left, Expr right, Modifiers mods) {
    VectorMatching m = mods.matching();
    boolean vectors = left.type() == ValueType.VECTOR && right.type() == ValueType.VECTOR;
    // A matching that was written is kept beside scalars too, for the type check to refuse.
    boolean written = !m.labels().isEmpty() || m.fillLeft() != null || m.fillRight() != null;
    return new Expr.Binary(
        left.position().to(right.position()),
        op,
        left,
        right,
        vectors || written ? m : null,
        mods.returnBool());
  }

  Modifiers modifiers(BinaryOperator op) throws TokenStream.Stop {
    boolean returnBool = in.skip(TokenType.KEYWORD, "bool");
    Cardinality cardinality = op.isSet() ? Cardinality.MANY_TO_MANY : Cardinality.ONE_TO_ONE;
    List<String> labels = List.of();
    List<String> include = List.of();
    boolean on = in.at(TokenType.KEYWORD, "on");
    if (on || in.at(TokenType.KEYWORD, "ignoring")) {
      in.take();
      labels = GroupingParser.labels(in);
      boolean left = in.at(TokenType.KEYWORD, "group_left");
      if (left || in.at(TokenType.KEYWORD, "group_right")) {
        in.take();
        cardinality = left ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY;
        include = in.at(TokenType.LEFT_PAREN) ? includeLabels() : List.of();
      }
    }
    @Nullable Double[] fill = fill();
    return new Modifiers(
        returnBool, new VectorMatching(cardinality, labels, on, include, fill[0], fill[1]));
  }

  private List<String> includeLabels() throws TokenStream.Stop {
    return GroupingParser.labels(in);
  }

  /** The values of fill, fill_left and fill_right: left, right. */
  private @Nullable Double[] fill() throws TokenStream.Stop {
    @Nullable Double[] values = new Double[2];
    while (in.at(TokenType.KEYWORD) && in.peek().lower().startsWith("fill")) {
      Token word = in.take();
      if (!options.fillModifiers()) {
        in.error(word.position(), "binop fill modifiers are experimental and not enabled");
      }
      in.expect(TokenType.LEFT_PAREN, "", "");
      double value = signedNumber();
      in.expect(TokenType.RIGHT_PAREN, "", "");
      if (!word.lower().equals("fill_right")) {
        values[0] = value;
      }
      if (!word.lower().equals("fill_left")) {
        values[1] = value;
      }
    }
    return values;
  }

  private double signedNumber() throws TokenStream.Stop {
    boolean negative = in.at(TokenType.OPERATOR, "-");
    if (negative || in.at(TokenType.OPERATOR, "+")) {
      in.take();
    }
    if (!in.at(TokenType.NUMBER) && !in.at(TokenType.DURATION)) {
      throw in.unexpected("", "");
    }
    double value = Numbers.value(in, in.take());
    return negative ? -value : value;
  }
}
