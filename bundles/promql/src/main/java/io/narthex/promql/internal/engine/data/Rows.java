package io.narthex.promql.internal.engine.data;

import io.narthex.model.Labels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The series that an operator gives, resolved once for a query: the labels of its rows, and whose
 * names are dropped. The names stay in place until somebody asks, so that no label set is built for
 * a series that an aggregation swallows.
 */
public final class Rows {

  private final Naming naming;
  private final Labels[] base;
  private final boolean @Nullable [] dropped;
  private final boolean oneName;

  private Rows(Naming naming, Labels[] base, boolean @Nullable [] dropped, boolean oneName) {
    this.naming = naming;
    this.base = base;
    this.dropped = dropped;
    this.oneName = oneName;
  }

  /**
   * Rows that keep their names.
   *
   * @param oneName whether no two of the label sets become equal without their names
   */
  public static Rows of(Naming naming, Labels[] labels, boolean oneName) {
    return new Rows(naming, labels, null, oneName);
  }

  public static Rows of(
      Naming naming, Labels[] labels, boolean @Nullable [] dropped, boolean oneName) {
    return new Rows(naming, labels, dropped, oneName);
  }

  public int size() {
    return base.length;
  }

  public Naming naming() {
    return naming;
  }

  /** Whether no two of the label sets become equal without their names. */
  public boolean oneName() {
    return oneName;
  }

  /** The labels as functions and operators see them. */
  public Labels labels(int row) {
    return hidesName(row) ? Naming.strip(base[row]) : base[row];
  }

  /** The labels as the result shows them. */
  public Labels output(int row) {
    return dropsName(row) ? Naming.strip(base[row]) : base[row];
  }

  /**
   * The labels with the name, even if it is dropped: for messages and for look-ups that skip it.
   */
  public Labels base(int row) {
    return base[row];
  }

  /** Whether the name must not be seen in {@link #base}. */
  public boolean hidesName(int row) {
    return dropped != null && dropped[row] && !naming.delayed();
  }

  /** Whether the name goes, now or at the end. */
  public boolean dropsName(int row) {
    return dropped != null && dropped[row];
  }

  /** The same rows without their names. */
  public Rows dropNames() {
    boolean[] all = new boolean[base.length];
    Arrays.fill(all, true);
    return new Rows(naming, base, all, oneName);
  }

  /** The given rows, in that order. */
  public Rows pick(int[] rows, int count) {
    Labels[] labels = new Labels[count];
    boolean[] drop = dropped == null ? null : new boolean[count];
    for (int i = 0; i < count; i++) {
      labels[i] = base[rows[i]];
      if (drop != null) {
        drop[i] = dropsName(rows[i]);
      }
    }
    return new Rows(naming, labels, drop, oneName);
  }
}
