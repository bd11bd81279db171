package io.narthex.promql.internal.parse;

/** Which experimental parts of the language are allowed. */
public record LanguageOptions(
    boolean experimentalFunctions, boolean extendedRangeSelectors, boolean fillModifiers) {

  public static final LanguageOptions STABLE = new LanguageOptions(false, false, false);
  public static final LanguageOptions ALL = new LanguageOptions(true, true, true);
}
