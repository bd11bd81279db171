package io.narthex.promql.internal.ast;

import io.narthex.model.LabelMatcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of the syntax tree: checked, immutable, with its place in the text. */
public sealed interface Expr {

  Position position();

  ValueType type();

  /**
   * @param duration whether it was written with units, and so prints
   */
  record NumberLiteral(Position position, double value, boolean duration) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.SCALAR;
    }
  }

  /** A string, without its quotes and escapes. */
  record StringLiteral(Position position, String value) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.STRING;
    }
  }

  /**
   * @param name the bare metric name before the braces, empty if there is none
   * @param matchers all of them, the one on the name among them
   */
  record VectorSelector(
      Position position,
      String name,
      List<LabelMatcher> matchers,
      TimeShift shift,
      Extension extension)
      implements Expr {
    public VectorSelector {
      matchers = List.copyOf(matchers);
    }

    @Override
    public ValueType type() {
      return ValueType.VECTOR;
    }
  }

  /** A selector with a range; offset, {@code @} and extension stand at the inner selector. */
  record MatrixSelector(Position position, VectorSelector vector, DurationExpr range)
      implements Expr {
    @Override
    public ValueType type() {
      return ValueType.MATRIX;
    }
  }

  /**
   * @param step null for the default
   */
  record Subquery(
      Position position,
      Expr inner,
      DurationExpr range,
      @Nullable DurationExpr step,
      TimeShift shift)
      implements Expr {
    @Override
    public ValueType type() {
      return ValueType.MATRIX;
    }
  }

  /** Parentheses, kept for printing. */
  record Paren(Position position, Expr inner) implements Expr {
    @Override
    public ValueType type() {
      return inner.type();
    }
  }

  /** A sign before an operand. */
  record Unary(Position position, boolean negative, Expr operand) implements Expr {
    @Override
    public ValueType type() {
      return operand.type();
    }
  }

  /**
   * @param matching null unless both sides are vectors
   * @param returnBool whether a comparison gives 0 and 1 rather than filter
   */
  record Binary(
      Position position,
      BinaryOperator operator,
      Expr left,
      Expr right,
      @Nullable VectorMatching matching,
      boolean returnBool)
      implements Expr {
    @Override
    public ValueType type() {
      return left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR
          ? ValueType.SCALAR
          : ValueType.VECTOR;
    }
  }

  /**
   * @param parameter null if the operator takes none
   * @param grouping labels of by or without
   */
  record Aggregate(
      Position position,
      AggregateOperator operator,
      Expr inner,
      @Nullable Expr parameter,
      List<String> grouping,
      boolean without)
      implements Expr {
    public Aggregate {
      grouping = List.copyOf(grouping);
    }

    @Override
    public ValueType type() {
      return ValueType.VECTOR;
    }
  }

  /** A function call. */
  record Call(Position position, FunctionSignature function, List<Expr> arguments) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public ValueType type() {
      return function.result();
    }
  }
}
