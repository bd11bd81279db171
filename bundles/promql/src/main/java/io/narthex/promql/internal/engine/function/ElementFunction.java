package io.narthex.promql.internal.engine.function;

/** A function of one number. */
@FunctionalInterface
interface ElementFunction {
  double apply(double v);
}
