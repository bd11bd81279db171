package io.narthex.promql.internal.ast;

import java.util.List;

/**
 * What a function takes and gives.
 *
 * @param arguments types of the arguments; the last one stands for all further ones
 * @param variadic 0 for exactly these arguments; n &gt; 0 if the last n may be missing ones or more
 *     may follow, up to n in all beyond the required; -1 for any number beyond the required
 * @param experimental whether a feature flag must allow it
 */
public record FunctionSignature(
    String name, List<ValueType> arguments, int variadic, ValueType result, boolean experimental) {

  public FunctionSignature {
    arguments = List.copyOf(arguments);
  }

  /** The fewest arguments. */
  public int minimum() {
    return variadic == 0 ? arguments.size() : arguments.size() - 1;
  }

  /** The most arguments, {@link Integer#MAX_VALUE} for any number. */
  public int maximum() {
    if (variadic < 0) {
      return Integer.MAX_VALUE;
    }
    return variadic == 0 ? arguments.size() : arguments.size() - 1 + variadic;
  }
}
