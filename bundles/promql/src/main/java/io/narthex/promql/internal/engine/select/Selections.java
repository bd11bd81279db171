package io.narthex.promql.internal.engine.select;

import io.narthex.api.query.QueryException;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.Series;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageException;
import io.narthex.model.LabelMatcher;
import io.narthex.promql.internal.engine.EvaluationFailure;
import io.narthex.promql.internal.engine.Guard;
import io.narthex.promql.internal.engine.Notes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All selections of one query. The planner asks for them first; then one querier over the times of
 * all of them reads each when it is needed. Used by the query's own thread.
 */
public final class Selections implements AutoCloseable {

  /** What a series costs beside its samples: the object, its place in arrays. */
  private static final long SERIES_BYTES = 64;

  private final Storage storage;
  private final Guard guard;
  private final Notes notes;
  private final Map<List<LabelMatcher>, Selection> all = new LinkedHashMap<>();
  private @Nullable Querier querier;
  private long openFrom;
  private long openTo;

  public Selections(Storage storage, Guard guard, Notes notes) {
    this.storage = storage;
    this.guard = guard;
    this.notes = notes;
  }

  /** The selection of the matchers, shared with others that ask for the same. */
  public Selection request(List<LabelMatcher> matchers, SelectHints hints) {
    Selection known = all.get(matchers);
    if (known != null) {
      known.widen(hints);
      return known;
    }
    Selection made = new Selection(this, matchers, hints);
    all.put(matchers, made);
    return made;
  }

  /**
   * Whether each selection names a value of a label, so that finding its series is little work even
   * if they turn out to be many.
   */
  public boolean areNarrow() {
    for (Selection s : all.values()) {
      if (s.matchers().stream()
          .noneMatch(m -> m.type() == LabelMatcher.Type.EQUAL && !m.value().isEmpty())) {
        return false;
      }
    }
    return true;
  }

  /** How many series are selected; reads them. */
  public double series() {
    double n = 0;
    for (Selection s : all.values()) {
      n += s.series().length;
    }
    return n;
  }

  /** How many samples they may have, if they have one every 15 seconds; reads the series. */
  public double samples() {
    double n = 0;
    for (Selection s : all.values()) {
      n += s.series().length * ((s.end() - s.start()) / 15_000.0);
    }
    return n;
  }

  Series[] read(Selection selection) {
    try {
      SeriesSet set = querier(selection).select(selection.hints(), selection.matchers());
      Series[] series = new Series[Math.max(16, set.sizeHint())];
      int n = 0;
      while (set.next()) {
        if (n == series.length) {
          series = Arrays.copyOf(series, n * 2);
        }
        series[n++] = set.current();
        if ((n & 1023) == 0) {
          guard.check();
          guard.take(1024 * SERIES_BYTES);
        }
      }
      notes.addAll(set.warnings());
      return n == series.length ? series : Arrays.copyOf(series, n);
    } catch (StorageException e) {
      throw failure(e);
    }
  }

  /** The error for a storage that failed. */
  public static EvaluationFailure failure(StorageException e) {
    return new EvaluationFailure(
        e.kind() == StorageException.Kind.LIMIT
            ? QueryException.Kind.EXECUTION
            : QueryException.Kind.INTERNAL,
        "expanding series: " + e.getMessage(),
        e);
  }

  private Querier querier(Selection selection) throws StorageException {
    Querier open = querier;
    if (open == null) {
      openFrom = Long.MAX_VALUE;
      openTo = Long.MIN_VALUE;
      for (Selection s : all.values()) {
        openFrom = Math.min(openFrom, s.start());
        openTo = Math.max(openTo, s.end());
      }
      open = storage.querier(openFrom, openTo);
      querier = open;
    }
    if (selection.start() < openFrom || selection.end() > openTo) {
      throw new IllegalStateException("a selection was planned after the querier was opened");
    }
    return open;
  }

  @Override
  public void close() {
    Querier open = querier;
    querier = null;
    if (open != null) {
      open.close();
    }
  }
}
