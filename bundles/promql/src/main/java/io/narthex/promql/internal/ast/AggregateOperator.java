package io.narthex.promql.internal.ast;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The aggregations. */
public enum AggregateOperator {
  SUM(null),
  AVG(null),
  COUNT(null),
  MIN(null),
  MAX(null),
  GROUP(null),
  STDDEV(null),
  STDVAR(null),
  TOPK(ValueType.SCALAR),
  BOTTOMK(ValueType.SCALAR),
  COUNT_VALUES(ValueType.STRING),
  QUANTILE(ValueType.SCALAR),
  LIMITK(ValueType.SCALAR),
  LIMIT_RATIO(ValueType.SCALAR);

  private final @Nullable ValueType parameter;
  private final String text = name().toLowerCase(Locale.ROOT);

  AggregateOperator(@Nullable ValueType parameter) {
    this.parameter = parameter;
  }

  /** The type of the parameter in front of the vector, null if it takes none. */
  public @Nullable ValueType parameter() {
    return parameter;
  }

  public String text() {
    return text;
  }

  public boolean isExperimental() {
    return this == LIMITK || this == LIMIT_RATIO;
  }
}
