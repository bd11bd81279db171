package io.narthex.promql.testlang;

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
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.histogram.NativeHistogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A storage in memory for tests: series in columns, in the order in which they came. */
public final class MemoryStorage implements Storage {

  /** The samples of one series. */
  private static final class Column {
    private long[] times = new long[64];
    private double[] values = new double[64];
    private long[] starts = new long[64];
    private @Nullable FloatHistogram[] histograms = new FloatHistogram[64];
    private int size;

    void add(long time, double value, @Nullable FloatHistogram histogram, long start) {
      if (size > 0
          && times[size - 1] == time
          && Double.doubleToRawLongBits(values[size - 1]) == Double.doubleToRawLongBits(value)) {
        return;
      }
      if (size > 0 && times[size - 1] >= time) {
        throw new IllegalArgumentException("out of order: " + time);
      }
      if (size == times.length) {
        times = Arrays.copyOf(times, size * 2);
        values = Arrays.copyOf(values, size * 2);
        starts = Arrays.copyOf(starts, size * 2);
        histograms = Arrays.copyOf(histograms, size * 2);
      }
      times[size] = time;
      values[size] = value;
      histograms[size] =
          histogram == null ? null : hinted(histogram, size == 0 ? null : histograms[size - 1]);
      starts[size++] = start;
    }
  }

  /** The histogram with the hint that a database would give it. */
  private static FloatHistogram hinted(FloatHistogram h, @Nullable FloatHistogram before) {
    CounterResetHint hint = h.hint();
    if (hint == CounterResetHint.GAUGE || hint == CounterResetHint.RESET) {
      return h;
    }
    if (before == null || before.isStale() || before.hint() == CounterResetHint.GAUGE) {
      return withHint(h, CounterResetHint.UNKNOWN);
    }
    NativeHistogram now = NativeHistogram.of(withHint(h, CounterResetHint.UNKNOWN));
    boolean sameLayout =
        h.schema() == before.schema()
            && h.zeroThreshold() == before.zeroThreshold()
            && Arrays.equals(h.customValues(), before.customValues());
    if (!sameLayout) {
      return withHint(h, CounterResetHint.UNKNOWN);
    }
    return withHint(
        h,
        now.isReset(NativeHistogram.of(before))
            ? CounterResetHint.UNKNOWN
            : CounterResetHint.NOT_RESET);
  }

  private static FloatHistogram withHint(FloatHistogram h, CounterResetHint hint) {
    return new FloatHistogram(
        hint,
        h.schema(),
        h.zeroThreshold(),
        h.zeroCount(),
        h.count(),
        h.sum(),
        h.positiveSpans(),
        h.negativeSpans(),
        h.positiveCounts(),
        h.negativeCounts(),
        h.customValues());
  }

  private final Map<Labels, Column> series = new LinkedHashMap<>();
  private final int batchSize;

  public MemoryStorage() {
    this(SampleBatch.DEFAULT_CAPACITY);
  }

  /**
   * @param batchSize the most samples that a cursor gives at a time
   */
  public MemoryStorage(int batchSize) {
    this.batchSize = batchSize;
  }

  public void add(Labels labels, long time, double value) {
    add(labels, time, value, null, 0);
  }

  public void add(
      Labels labels, long time, double value, @Nullable FloatHistogram histogram, long start) {
    series.computeIfAbsent(labels, l -> new Column()).add(time, value, histogram, start);
  }

  @Override
  public Appender appender() {
    throw new UnsupportedOperationException("tests add samples directly");
  }

  @Override
  public long startTime() {
    return series.values().stream().mapToLong(c -> c.times[0]).min().orElse(Long.MAX_VALUE);
  }

  @Override
  public Querier querier(long minTime, long maxTime) {
    return new MemoryQuerier(minTime, maxTime);
  }

  private final class MemoryQuerier implements Querier {
    private final long minTime;
    private final long maxTime;

    MemoryQuerier(long minTime, long maxTime) {
      this.minTime = minTime;
      this.maxTime = maxTime;
    }

    @Override
    public SeriesSet select(SelectHints hints, List<LabelMatcher> matchers) {
      List<Series> found = new ArrayList<>();
      series.forEach((labels, column) -> {
        if (matchers.stream().allMatch(m -> m.matches(labels.get(m.name())))) {
          found.add(new MemorySeries(labels, column, minTime, maxTime));
        }
      });
      return new ListSet(found);
    }

    @Override
    public LabelResult labelValues(String name, int limit, List<LabelMatcher> matchers) {
      TreeSet<String> values = new TreeSet<>();
      series.keySet().forEach(l -> values.add(l.get(name)));
      return new LabelResult(List.copyOf(values), List.of());
    }

    @Override
    public LabelResult labelNames(int limit, List<LabelMatcher> matchers) {
      TreeSet<String> names = new TreeSet<>();
      series.keySet().forEach(l -> names.addAll(l.toMap().keySet()));
      return new LabelResult(List.copyOf(names), List.of());
    }

    @Override
    public void close() {}
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

  private final class MemorySeries implements Series {
    private final Labels labels;
    private final Column column;
    private final long minTime;
    private final long maxTime;

    MemorySeries(Labels labels, Column column, long minTime, long maxTime) {
      this.labels = labels;
      this.column = column;
      this.minTime = minTime;
      this.maxTime = maxTime;
    }

    @Override
    public Labels labels() {
      return labels;
    }

    @Override
    public SampleCursor cursor(@Nullable SampleCursor reuse) {
      return new SampleCursor() {
        private int at = first(minTime);

        private int first(long time) {
          int i = Arrays.binarySearch(column.times, 0, column.size, time);
          return i < 0 ? -i - 1 : i;
        }

        @Override
        public boolean next(SampleBatch batch) {
          batch.clear();
          while (batch.size < Math.min(batchSize, batch.capacity())
              && at < column.size
              && column.times[at] <= maxTime) {
            add(batch);
            at++;
          }
          return batch.size > 0;
        }

        private void add(SampleBatch batch) {
          long start = column.starts[at];
          if (start != 0) {
            if (batch.startTimestamps == null) {
              batch.startTimestamps = new long[batch.capacity()];
            }
            batch.startTimestamps[batch.size] = start;
          }
          FloatHistogram h = column.histograms[at];
          if (h == null) {
            batch.add(column.times[at], column.values[at]);
          } else {
            batch.add(column.times[at], h);
          }
        }

        @Override
        public void seek(long timestamp) {
          at = Math.max(at, first(timestamp));
        }
      };
    }
  }
}
