package io.narthex.promql.internal.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the series of two operands are paired.
 *
 * @param labels of on or ignoring
 * @param on whether {@code labels} are the only ones that count, rather than those that don't
 * @param include labels of group_left or group_right
 * @param fillLeft value for a missing left side, null for none
 */
public record VectorMatching(
    Cardinality cardinality,
    List<String> labels,
    boolean on,
    List<String> include,
    @Nullable Double fillLeft,
    @Nullable Double fillRight) {

  /** How many series of each side may share a signature. */
  public enum Cardinality {
    ONE_TO_ONE("one-to-one"),
    MANY_TO_ONE("many-to-one"),
    ONE_TO_MANY("one-to-many"),
    MANY_TO_MANY("many-to-many");

    private final String text;

    Cardinality(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public VectorMatching {
    labels = List.copyOf(labels);
    include = List.copyOf(include);
  }
}
