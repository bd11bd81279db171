package io.narthex.promql.internal.engine.binary;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.ast.BinaryOperator;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.Notes;
import io.narthex.promql.internal.engine.histogram.HistogramTrim;
import io.narthex.promql.internal.engine.histogram.NativeHistogram;
import org.jspecify.annotations.Nullable;

/** The operators that take native histograms. */
final class HistogramOperators {

  private HistogramOperators() {}

  /** A histogram multiplied, divided or trimmed. */
  static FloatHistogram withScalar(BinaryOperator op, FloatHistogram h, double v) {
    return switch (op) {
      case MUL -> NativeHistogram.of(h).multiply(v).toFloat();
      case DIV -> NativeHistogram.of(h).divide(v).toFloat();
      case TRIM_UPPER -> HistogramTrim.upper(h, v);
      case TRIM_LOWER -> HistogramTrim.lower(h, v);
      default -> throw new IllegalArgumentException(op.symbol());
    };
  }

  /** The sum or difference of two histograms; null if they do not fit together. */
  static @Nullable FloatHistogram combine(
      BinaryOperator op, FloatHistogram a, FloatHistogram b, Notes notes, Position at) {
    NativeHistogram result = NativeHistogram.of(a);
    boolean add = op == BinaryOperator.ADD;
    NativeHistogram.Outcome outcome =
        add ? result.add(NativeHistogram.of(b)) : result.subtract(NativeHistogram.of(b));
    if (outcome == NativeHistogram.Outcome.INCOMPATIBLE) {
      notes.warn("incompatible bucket layout encountered for binary operator " + op.symbol(), at);
      return null;
    }
    notes.combined(outcome, add ? "addition" : "subtraction", at);
    return (add ? result : result.hint(CounterResetHint.GAUGE)).toFloat();
  }
}
