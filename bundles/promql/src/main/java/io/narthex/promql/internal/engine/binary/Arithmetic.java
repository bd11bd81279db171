package io.narthex.promql.internal.engine.binary;

import io.narthex.promql.internal.ast.BinaryOperator;

/** The operators on two numbers. */
public final class Arithmetic {

  private Arithmetic() {}

  /** The result of an operator that is no comparison. */
  public static double apply(BinaryOperator op, double a, double b) {
    return switch (op) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MOD -> a % b;
      case POW -> pow(a, b);
      case ATAN2 -> Math.atan2(a, b);
      case OR, AND, UNLESS, EQL, NEQ, LTE, LSS, GTE, GTR, TRIM_UPPER, TRIM_LOWER ->
          throw new IllegalArgumentException(op.symbol() + " gives no number");
    };
  }

  /** Whether a comparison holds. */
  public static boolean test(BinaryOperator op, double a, double b) {
    return switch (op) {
      case EQL -> a == b;
      case NEQ -> a != b;
      case LTE -> a <= b;
      case LSS -> a < b;
      case GTE -> a >= b;
      case GTR -> a > b;
      case OR, AND, UNLESS, TRIM_UPPER, TRIM_LOWER, ADD, SUB, MUL, DIV, MOD, ATAN2, POW ->
          throw new IllegalArgumentException(op.symbol() + " is no comparison");
    };
  }

  /** Unlike Java, 1 to any power, and -1 to an infinite one, is 1 as C has it. */
  private static double pow(double a, double b) {
    if (a == 1 || (a == -1 && Double.isInfinite(b))) {
      return 1;
    }
    return Math.pow(a, b);
  }

  /** Puts the results for {@code n} pairs where the left values stand. */
  static void apply(BinaryOperator op, double[] left, int l, double[] right, int r, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          left[l + i] += right[r + i];
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          left[l + i] -= right[r + i];
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          left[l + i] *= right[r + i];
        }
      }
      case DIV -> {
        for (int i = 0; i < n; i++) {
          left[l + i] /= right[r + i];
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          left[l + i] = apply(op, left[l + i], right[r + i]);
        }
      }
    }
  }

  /** As {@link #apply}, with the operands exchanged; the results still replace the first array. */
  static void applyReversed(BinaryOperator op, double[] right, int r, double[] left, int l, int n) {
    for (int i = 0; i < n; i++) {
      right[r + i] = apply(op, left[l + i], right[r + i]);
    }
  }

  /** Whether the operator is refused for two floats, as it is for histograms only. */
  public static boolean isTrim(BinaryOperator op) {
    return op == BinaryOperator.TRIM_UPPER || op == BinaryOperator.TRIM_LOWER;
  }
}
