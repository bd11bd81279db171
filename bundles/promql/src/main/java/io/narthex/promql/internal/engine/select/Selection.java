package io.narthex.promql.internal.engine.select;

import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.Series;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.promql.internal.engine.data.Naming;
import io.narthex.promql.internal.engine.data.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The series of one set of matchers, read once for all selectors of a query that want them. */
public final class Selection {

  private final Selections owner;
  private final List<LabelMatcher> matchers;
  private long start;
  private long end;
  private SelectHints hints;
  private Series @Nullable [] series;
  private @Nullable Rows rows;

  Selection(Selections owner, List<LabelMatcher> matchers, SelectHints hints) {
    this.owner = owner;
    this.matchers = matchers;
    this.hints = hints;
    this.start = hints.start();
    this.end = hints.end();
  }

  /** Another selector wants the same series; what the two disagree on is no hint any more. */
  void widen(SelectHints more) {
    start = Math.min(start, more.start());
    end = Math.max(end, more.end());
    boolean same =
        hints.function().equals(more.function())
            && hints.range() == more.range()
            && hints.grouping().equals(more.grouping())
            && hints.by() == more.by();
    hints =
        same
            ? new SelectHints(
                start,
                end,
                false,
                hints.step(),
                hints.range(),
                hints.function(),
                hints.grouping(),
                hints.by(),
                0)
            : SelectHints.samples(start, end, false);
  }

  List<LabelMatcher> matchers() {
    return matchers;
  }

  SelectHints hints() {
    return hints;
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }

  /** The series in the storage's order; reads them the first time, on the query's own thread. */
  public Series[] series() {
    Series[] s = series;
    if (s == null) {
      s = owner.read(this);
      series = s;
    }
    return s;
  }

  /** Their labels, in the same order. */
  public Rows rows(Naming naming) {
    Rows r = rows;
    if (r == null) {
      Series[] all = series();
      Labels[] labels = new Labels[all.length];
      for (int i = 0; i < all.length; i++) {
        labels[i] = all[i].labels();
      }
      r = Rows.of(naming, labels, hasOneName() && Naming.onlyNames(labels));
      rows = r;
    }
    return r;
  }

  private boolean hasOneName() {
    for (LabelMatcher m : matchers) {
      if (m.type() == LabelMatcher.Type.EQUAL && m.name().equals(Labels.NAME)) {
        return true;
      }
    }
    return false;
  }
}
