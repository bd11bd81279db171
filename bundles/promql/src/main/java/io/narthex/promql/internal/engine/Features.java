package io.narthex.promql.internal.engine;

import java.util.Set;

/**
 * What {@code --enable-feature} switches on in the language and the engine.
 *
 * @param functions experimental functions and aggregations
 * @param extendedSelectors {@code anchored} and {@code smoothed}
 * @param fill the fill modifiers of binary operators
 * @param delayedNames names are dropped at the very end only
 * @param startTimestamps rates use the samples' start timestamps
 * @param typeAndUnit labels of type and unit are dropped with the name
 * @param perStepStatistics statistics may be asked for each step
 */
public record Features(
    boolean functions,
    boolean extendedSelectors,
    boolean fill,
    boolean delayedNames,
    boolean startTimestamps,
    boolean typeAndUnit,
    boolean perStepStatistics) {

  public static final Features NONE = new Features(false, false, false, false, false, false, false);

  /** The features of a flag's names; others are not the engine's business. */
  public static Features of(Set<String> names) {
    return new Features(
        names.contains("promql-experimental-functions"),
        names.contains("promql-extended-range-selectors"),
        names.contains("promql-binop-fill-modifiers"),
        names.contains("promql-delayed-name-removal"),
        names.contains("use-start-timestamps"),
        names.contains("type-and-unit-labels"),
        names.contains("promql-per-step-stats"));
  }
}
