package io.narthex.storage.fanout.internal;

import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.Series;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.StorageException;
import io.narthex.model.Labels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorted series sets as one: series with the same labels become one, with each timestamp once. A
 * failure of any set but the first ends that set and becomes a warning.
 */
final class MergedSeriesSet implements SeriesSet {

  private final List<SeriesSet> sets;
  private final int limit;
  private final List<String> warnings;

  /** For each set the series it stands at; null at its end. */
  private final @Nullable Series[] heads;

  private boolean started;
  private int given;
  private @Nullable Series current;

  MergedSeriesSet(List<SeriesSet> sets, int limit, List<String> warnings) {
    this.sets = List.copyOf(sets);
    this.limit = limit;
    this.warnings = new ArrayList<>(warnings);
    this.heads = new Series[sets.size()];
  }

  @Override
  public boolean next() throws StorageException {
    if (!started) {
      started = true;
      for (int i = 0; i < heads.length; i++) {
        advance(i);
      }
    }
    Labels smallest = null;
    for (Series s : heads) {
      if (s != null && (smallest == null || s.labels().compareTo(smallest) < 0)) {
        smallest = s.labels();
      }
    }
    if (smallest == null || (limit > 0 && given == limit)) {
      return false;
    }
    List<Series> same = new ArrayList<>(heads.length);
    for (int i = 0; i < heads.length; i++) {
      Series s = heads[i];
      if (s != null && s.labels().equals(smallest)) {
        same.add(s);
        advance(i);
      }
    }
    current = same.size() == 1 ? same.getFirst() : new MergedSeries(smallest, same);
    given++;
    return true;
  }

  private void advance(int i) throws StorageException {
    SeriesSet set = sets.get(i);
    try {
      heads[i] = set.next() ? set.current() : null;
    } catch (StorageException e) {
      if (i == 0) {
        throw e;
      }
      heads[i] = null;
      warnings.add(FanoutQuerier.warning(e));
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
    sets.forEach(s -> all.addAll(s.warnings()));
    return all;
  }

  /** One series of several storages. */
  private record MergedSeries(Labels labels, List<Series> parts) implements Series {
    @Override
    public SampleCursor cursor(@Nullable SampleCursor reuse) throws StorageException {
      List<SampleCursor> cursors = new ArrayList<>(parts.size());
      for (Series part : parts) {
        cursors.add(part.cursor(null));
      }
      return new MergedCursor(cursors);
    }
  }
}
