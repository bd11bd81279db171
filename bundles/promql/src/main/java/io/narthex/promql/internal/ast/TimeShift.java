package io.narthex.promql.internal.ast;

import org.jspecify.annotations.Nullable;

/**
 * The {@code offset} and {@code @} modifiers of a selector or subquery; null where there is none.
 */
public record TimeShift(@Nullable DurationExpr offset, @Nullable At at) {

  public static final TimeShift NONE = new TimeShift(null, null);
}
