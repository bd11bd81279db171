package io.narthex.storage.merge.internal;

import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.Series;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.StorageException;
import io.narthex.model.Labels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sorted series sets as one: series with the same labels become one, with each timestamp once. */
public final class MergedSeriesSet implements SeriesSet {

  /** What to do when a set fails. */
  @FunctionalInterface
  public interface Failures {
    /**
     * Returns if the set is to end there.
     *
     * @param warnings takes what the caller is to be told
     */
    void failed(int set, StorageException e, List<String> warnings) throws StorageException;
  }

  /** Makes one series of those that have the same labels. */
  @FunctionalInterface
  public interface Combination {
    /**
     * @param sets which set each part comes from, ascending; the first {@code parts.size()} count
     */
    Series combine(Labels labels, List<Series> parts, int[] sets);
  }

  private final List<SeriesSet> sets;
  private final int limit;
  private final List<String> warnings;
  private final Failures failures;
  private final Combination combination;

  /** For each set the series it stands at; null at its end. */
  private final @Nullable Series[] heads;

  /** The sets that have the smallest labels. */
  private final int[] smallest;

  private boolean started;
  private int given;
  private @Nullable Series current;

  /**
   * @param limit the most series to give, 0 for all
   */
  public MergedSeriesSet(
      List<SeriesSet> sets,
      int limit,
      List<String> warnings,
      Failures failures,
      Combination combination) {
    this.sets = List.copyOf(sets);
    this.limit = limit;
    this.warnings = new ArrayList<>(warnings);
    this.failures = failures;
    this.combination = combination;
    this.heads = new Series[sets.size()];
    this.smallest = new int[sets.size()];
  }

  @Override
  public boolean next() throws StorageException {
    if (!started) {
      started = true;
      for (int i = 0; i < heads.length; i++) {
        advance(i);
      }
    }
    int n = findSmallest();
    if (n == 0 || (limit > 0 && given == limit)) {
      return false;
    }
    given++;
    Series first = at(smallest[0]);
    if (n == 1) {
      current = first;
      advance(smallest[0]);
      return true;
    }
    List<Series> parts = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      parts.add(at(smallest[i]));
    }
    current = combination.combine(first.labels(), parts, smallest.clone());
    for (int i = 0; i < n; i++) {
      advance(smallest[i]);
    }
    return true;
  }

  private Series at(int set) {
    Series s = heads[set];
    if (s == null) {
      throw new IllegalStateException("a set that has ended has no series");
    }
    return s;
  }

  /** Compares each set's labels once; returns how many have the smallest ones. */
  private int findSmallest() {
    int n = 0;
    Labels labels = Labels.EMPTY;
    for (int i = 0; i < heads.length; i++) {
      Series s = heads[i];
      if (s != null) {
        int c = n == 0 ? -1 : s.labels().compareTo(labels);
        if (c <= 0) {
          n = c < 0 ? 0 : n;
          labels = s.labels();
          smallest[n++] = i;
        }
      }
    }
    return n;
  }

  private void advance(int i) throws StorageException {
    SeriesSet set = sets.get(i);
    try {
      heads[i] = set.next() ? set.current() : null;
    } catch (StorageException e) {
      heads[i] = null;
      failures.failed(i, e, warnings);
    }
  }

  @Override
  public Series current() {
    if (current == null) {
      throw new IllegalStateException("next was not called");
    }
    return current;
  }

  @Override
  public int sizeHint() {
    return -1;
  }

  @Override
  public List<String> warnings() {
    List<String> all = new ArrayList<>(warnings);
    for (SeriesSet s : sets) {
      for (String w : s.warnings()) {
        if (!all.contains(w)) {
          all.add(w);
        }
      }
    }
    return all;
  }

  /** One series of several sources, whose samples may be at any time. */
  public record Merged(Labels labels, List<Series> parts) implements Series {
    @Override
    public SampleCursor cursor(@Nullable SampleCursor reuse) throws StorageException {
      return MergedCursor.of(parts, reuse);
    }
  }
}
