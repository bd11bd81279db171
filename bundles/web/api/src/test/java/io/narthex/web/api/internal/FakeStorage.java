package io.narthex.web.api.internal;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.Series;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageException;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Series without samples. */
final class FakeStorage implements Storage {

  final AtomicInteger open = new AtomicInteger();
  volatile long minTime;
  volatile long maxTime;
  volatile @Nullable StorageException failure;
  private final List<Labels> series;

  FakeStorage(Labels... series) {
    this.series = List.of(series);
  }

  @Override
  public Appender appender() {
    throw new UnsupportedOperationException();
  }

  @Override
  public long startTime() {
    return 0;
  }

  @Override
  public Querier querier(long min, long max) throws StorageException {
    minTime = min;
    maxTime = max;
    StorageException wanted = failure;
    if (wanted != null) {
      throw wanted;
    }
    open.incrementAndGet();
    return new Reader();
  }

  private List<Labels> matching(List<LabelMatcher> matchers) {
    return series.stream()
        .filter(l -> matchers.stream().allMatch(m -> m.matches(l.get(m.name()))))
        .sorted()
        .toList();
  }

  private static List<String> cut(TreeSet<String> values, int limit) {
    return values.stream().limit(limit == 0 ? Long.MAX_VALUE : limit).toList();
  }

  private final class Reader implements Querier {
    @Override
    public SeriesSet select(SelectHints hints, List<LabelMatcher> matchers) {
      return new Found(matching(matchers).iterator());
    }

    @Override
    public LabelResult labelValues(String name, int limit, List<LabelMatcher> matchers) {
      TreeSet<String> values = new TreeSet<>();
      for (Labels l : matching(matchers)) {
        if (l.has(name)) {
          values.add(l.get(name));
        }
      }
      return new LabelResult(cut(values, limit), List.of());
    }

    @Override
    public LabelResult labelNames(int limit, List<LabelMatcher> matchers) {
      TreeSet<String> names = new TreeSet<>();
      matching(matchers).forEach(l -> l.forEach((name, value) -> names.add(name)));
      return new LabelResult(cut(names, limit), List.of("a warning"));
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }

  private static final class Found implements SeriesSet {
    private final Iterator<Labels> labels;
    private Labels current = Labels.EMPTY;

    Found(Iterator<Labels> labels) {
      this.labels = labels;
    }

    @Override
    public boolean next() {
      if (!labels.hasNext()) {
        return false;
      }
      current = labels.next();
      return true;
    }

    @Override
    public Series current() {
      Labels here = current;
      return new Series() {
        @Override
        public Labels labels() {
          return here;
        }

        @Override
        public SampleCursor cursor(@Nullable SampleCursor reuse) {
          throw new UnsupportedOperationException();
        }
      };
    }

    @Override
    public int sizeHint() {
      return -1;
    }

    @Override
    public List<String> warnings() {
      return List.of();
    }
  }
}
