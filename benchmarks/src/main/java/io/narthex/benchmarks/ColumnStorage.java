package io.narthex.benchmarks;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.Series;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.Storage;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import java.util.ArrayList;
import java.util.List;

/** Samples in plain arrays, found by metric name alone: what is measured is not the storage. */
final class ColumnStorage implements Storage {

  private record Column(Labels labels, long[] times, double[] values) {}

  private final List<Column> columns = new ArrayList<>();

  void add(Labels labels, long[] times, double[] values) {
    columns.add(new Column(labels, times, values));
  }

  @Override
  public Appender appender() {
    throw new UnsupportedOperationException("read only");
  }

  @Override
  public long startTime() {
    return 0;
  }

  @Override
  public Querier querier(long minTime, long maxTime) {
    return new Querier() {
      @Override
      public SeriesSet select(SelectHints hints, List<LabelMatcher> matchers) {
        List<Series> found = new ArrayList<>();
        for (Column c : columns) {
          if (matchers.getFirst().matches(c.labels.get(matchers.getFirst().name()))) {
            found.add(new ColumnSeries(c));
          }
        }
        return new ListSet(found);
      }

      @Override
      public LabelResult labelValues(String name, int limit, List<LabelMatcher> matchers) {
        return new LabelResult(List.of(), List.of());
      }

      @Override
      public LabelResult labelNames(int limit, List<LabelMatcher> matchers) {
        return new LabelResult(List.of(), List.of());
      }

      @Override
      public void close() {}
    };
  }

  private static final class ListSet implements SeriesSet {
    private final List<Series> all;
    private int at = -1;

    ListSet(List<Series> all) {
      this.all = all;
    }

    @Override
    public boolean next() {
      return ++at < all.size();
    }

    @Override
    public Series current() {
      return all.get(at);
    }

    @Override
    public int sizeHint() {
      return all.size();
    }

    @Override
    public List<String> warnings() {
      return List.of();
    }
  }

  private record ColumnSeries(Column column) implements Series {
    @Override
    public Labels labels() {
      return column.labels;
    }

    @Override
    public SampleCursor cursor(SampleCursor reuse) {
      return new SampleCursor() {
        private int at;

        @Override
        public boolean next(SampleBatch batch) {
          batch.clear();
          int n = Math.min(batch.capacity(), column.times.length - at);
          System.arraycopy(column.times, at, batch.timestamps, 0, n);
          System.arraycopy(column.values, at, batch.values, 0, n);
          batch.size = n;
          at += n;
          return n > 0;
        }

        @Override
        public void seek(long timestamp) {
          while (at < column.times.length && column.times[at] < timestamp) {
            at++;
          }
        }
      };
    }
  }
}
