package io.narthex.storage.fanout.internal;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.Series;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageException;
import io.narthex.model.Exemplar;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.model.MetricMetadata;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A storage in maps that can be told to fail. */
final class MapStorage implements Storage {

  final NavigableMap<Labels, NavigableMap<Long, Double>> samples = new TreeMap<>();
  private final List<Labels> known = new ArrayList<>();
  boolean failing;

  private void check() throws StorageException {
    if (failing) {
      throw new StorageException(StorageException.Kind.IO, "failing");
    }
  }

  @Override
  public Appender appender() {
    return new MapAppender();
  }

  @Override
  public Querier querier(long minTime, long maxTime) throws StorageException {
    check();
    return new MapQuerier(minTime, maxTime);
  }

  @Override
  public long startTime() {
    return Long.MAX_VALUE;
  }

  private final class MapAppender implements Appender {
    private final List<Runnable> pending = new ArrayList<>();

    @Override
    public long series(Labels labels) {
      if (!known.contains(labels)) {
        known.add(labels);
      }
      return known.indexOf(labels) + 1L;
    }

    @Override
    public Outcome append(long series, long t, double v) {
      pending.add(() ->
          samples.computeIfAbsent(known.get((int) series - 1), l -> new TreeMap<>()).put(t, v));
      return Outcome.STORED;
    }

    @Override
    public Outcome append(long series, long timestamp, Histogram histogram) {
      return Outcome.INVALID;
    }

    @Override
    public Outcome append(long series, long timestamp, FloatHistogram histogram) {
      return Outcome.INVALID;
    }

    @Override
    public Outcome appendStartTimestamp(long series, long timestamp, long startTimestamp) {
      return Outcome.INVALID;
    }

    @Override
    public Outcome appendExemplar(long series, Exemplar exemplar) {
      return Outcome.INVALID;
    }

    @Override
    public Outcome updateMetadata(long series, MetricMetadata metadata) {
      return Outcome.INVALID;
    }

    @Override
    public String explanation() {
      return "";
    }

    @Override
    public void commit() throws StorageException {
      check();
      pending.forEach(Runnable::run);
    }

    @Override
    public void rollback() {
      pending.clear();
    }
  }

  final class MapQuerier implements Querier {
    private final long minTime;
    private final long maxTime;

    MapQuerier(long minTime, long maxTime) {
      this.minTime = minTime;
      this.maxTime = maxTime;
    }

    @Override
    public SeriesSet select(SelectHints hints, List<LabelMatcher> matchers)
        throws StorageException {
      check();
      Iterator<Map.Entry<Labels, NavigableMap<Long, Double>>> it = samples.entrySet().iterator();
      return new SeriesSet() {
        private Map.Entry<Labels, NavigableMap<Long, Double>> current;

        @Override
        public boolean next() throws StorageException {
          check();
          current = it.hasNext() ? it.next() : null;
          return current != null;
        }

        @Override
        public Series current() {
          return series(current.getKey(), current.getValue().subMap(minTime, true, maxTime, true));
        }

        @Override
        public int sizeHint() {
          return -1;
        }

        @Override
        public List<String> warnings() {
          return List.of();
        }
      };
    }

    private Series series(Labels labels, NavigableMap<Long, Double> values) {
      return new Series() {
        @Override
        public Labels labels() {
          return labels;
        }

        @Override
        public SampleCursor cursor(SampleCursor reuse) {
          return new MapCursor(new TreeMap<>(values));
        }
      };
    }

    @Override
    public LabelResult labelValues(String name, int limit, List<LabelMatcher> matchers)
        throws StorageException {
      check();
      TreeSet<String> out = new TreeSet<>();
      samples.keySet().forEach(l -> out.add(l.get(name)));
      return new LabelResult(List.copyOf(out), List.of());
    }

    @Override
    public LabelResult labelNames(int limit, List<LabelMatcher> matchers) throws StorageException {
      check();
      TreeSet<String> out = new TreeSet<>();
      samples.keySet().forEach(l -> l.forEach((n, v) -> out.add(n)));
      return new LabelResult(List.copyOf(out), List.of());
    }

    @Override
    public void close() {}
  }

  private static final class MapCursor implements SampleCursor {
    private final TreeMap<Long, Double> left;

    MapCursor(TreeMap<Long, Double> left) {
      this.left = left;
    }

    @Override
    public boolean next(SampleBatch batch) {
      batch.clear();
      while (!batch.isFull() && batch.size < 2 && !left.isEmpty()) {
        Map.Entry<Long, Double> e = left.pollFirstEntry();
        batch.add(e.getKey(), e.getValue());
      }
      return batch.size > 0;
    }

    @Override
    public void seek(long timestamp) {
      left.headMap(timestamp).clear();
    }
  }
}
