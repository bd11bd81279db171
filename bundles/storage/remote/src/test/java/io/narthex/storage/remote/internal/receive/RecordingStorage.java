package io.narthex.storage.remote.internal.receive;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageException;
import io.narthex.model.Exemplar;
import io.narthex.model.Labels;
import io.narthex.model.MetricMetadata;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps what is committed as texts, and refuses what it is told to. A float sample of an older time
 * than the series' newest is out of order.
 */
final class RecordingStorage implements Storage {

  final Map<Labels, Long> series = new HashMap<>();
  final Map<Long, Labels> names = new HashMap<>();
  final Map<Long, Long> newest = new HashMap<>();
  final List<String> stored = new ArrayList<>();

  /** Calls of {@link Appender#series}. */
  int lookups;

  int rollbacks;
  int maxSeries = Integer.MAX_VALUE;
  StorageException commitFailure;
  private long lastRef;

  /** References that were given are unknown from now on. */
  void forget() {
    series.clear();
    names.clear();
  }

  @Override
  public Appender appender() {
    return new Batch();
  }

  @Override
  public Querier querier(long minTime, long maxTime) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long startTime() {
    return Long.MAX_VALUE;
  }

  private final class Batch implements Appender {
    private final List<String> pending = new ArrayList<>();
    private String explanation = "";

    @Override
    public long series(Labels labels) {
      lookups++;
      Long known = series.get(labels);
      if (known == null) {
        if (series.size() >= maxSeries) {
          explanation = "too many series";
          return 0;
        }
        known = ++lastRef;
        series.put(labels, known);
        names.put(known, labels);
      }
      return known;
    }

    private Outcome add(long ref, long time, Object value) {
      Labels labels = names.get(ref);
      if (labels == null) {
        return Outcome.UNKNOWN_SERIES;
      }
      Long last = newest.get(ref);
      if (last != null && time < last) {
        explanation = "out of order sample";
        return Outcome.OUT_OF_ORDER;
      }
      newest.put(ref, time);
      pending.add(labels + " " + value + " @" + time);
      return Outcome.STORED;
    }

    @Override
    public Outcome append(long ref, long timestamp, double value) {
      return add(ref, timestamp, Long.toHexString(Double.doubleToRawLongBits(value)));
    }

    @Override
    public Outcome append(long ref, long timestamp, Histogram histogram) {
      return add(ref, timestamp, "h" + histogram.count());
    }

    @Override
    public Outcome append(long ref, long timestamp, FloatHistogram histogram) {
      return add(ref, timestamp, "f" + histogram.count());
    }

    @Override
    public Outcome appendStartTimestamp(long ref, long timestamp, long startTimestamp) {
      pending.add(names.get(ref) + " since " + startTimestamp);
      return Outcome.STORED;
    }

    @Override
    public Outcome appendExemplar(long ref, Exemplar exemplar) {
      pending.add(names.get(ref) + " exemplar " + exemplar.labels());
      return Outcome.STORED;
    }

    @Override
    public Outcome updateMetadata(long ref, MetricMetadata metadata) {
      pending.add(names.get(ref) + " is " + metadata.type() + " " + metadata.help());
      return Outcome.STORED;
    }

    @Override
    public String explanation() {
      return explanation;
    }

    @Override
    public void commit() throws StorageException {
      if (commitFailure != null) {
        throw commitFailure;
      }
      stored.addAll(pending);
    }

    @Override
    public void rollback() {
      rollbacks++;
    }
  }
}
