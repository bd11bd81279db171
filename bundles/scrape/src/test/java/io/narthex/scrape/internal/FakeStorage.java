package io.narthex.scrape.internal;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageException;
import io.narthex.model.Exemplar;
import io.narthex.model.GoFloat;
import io.narthex.model.Labels;
import io.narthex.model.MetricMetadata;
import io.narthex.model.StaleMarker;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what is committed as lines of text, and refuses what a database would refuse. */
public final class FakeStorage implements Storage {

  /** Committed samples: {@code {labels} value @milliseconds}. */
  public final List<String> lines = new ArrayList<>();

  public final Map<Labels, MetricMetadata> metadata = new HashMap<>();
  public final List<String> exemplars = new ArrayList<>();
  public int commits;
  public int rollbacks;
  public long minValid = Long.MIN_VALUE;
  public boolean failCommits;

  private final Map<Labels, Long> refs = new HashMap<>();
  private final Map<Long, Labels> labels = new HashMap<>();
  private final Map<Long, Long> lastTime = new HashMap<>();
  private final Map<Long, Double> lastValue = new HashMap<>();
  private long nextRef = 1;

  /** Forgets all series, so that their references are unknown. */
  public synchronized void collectGarbage() {
    refs.clear();
    labels.clear();
  }

  /** The committed lines. */
  public synchronized List<String> committed() {
    return List.copyOf(lines);
  }

  /** The committed lines, and forgets them. */
  public synchronized List<String> drain() {
    List<String> out = List.copyOf(lines);
    lines.clear();
    return out;
  }

  /** The committed lines that are not of the report, and forgets all. */
  public synchronized List<String> drainSamples() {
    List<String> out =
        lines.stream()
            .filter(l -> !l.contains("\"up\"") && !l.contains("__name__=\"scrape_"))
            .toList();
    lines.clear();
    return out;
  }

  /** The committed line of the report series that begins so, and forgets all. */
  public synchronized Map<String, String> drainReport() {
    Map<String, String> out = new HashMap<>();
    for (String l : lines) {
      int from = l.indexOf("__name__=\"") + 10;
      String name = l.substring(from, l.indexOf('"', from));
      if (name.equals("up") || name.startsWith("scrape_")) {
        out.put(name, l.substring(l.lastIndexOf("} ") + 2, l.lastIndexOf(" @")));
      }
    }
    lines.clear();
    return out;
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
    return 0;
  }

  private final class Batch implements Appender {
    private final List<Runnable> effects = new ArrayList<>();
    private String explanation = "";
    private boolean spent;

    @Override
    public long series(Labels set) {
      synchronized (FakeStorage.this) {
        return refs.computeIfAbsent(
            set,
            s -> {
              long ref = nextRef++;
              labels.put(ref, s);
              return ref;
            });
      }
    }

    @Override
    public Outcome append(long ref, long time, double value) {
      synchronized (FakeStorage.this) {
        if (spent) {
          throw new IllegalStateException("spent");
        }
        Labels set = labels.get(ref);
        if (set == null) {
          return Outcome.UNKNOWN_SERIES;
        }
        if (time < minValid) {
          return Outcome.OUT_OF_BOUNDS;
        }
        if (Double.isNaN(value) && set.metricName().equals("invalid")) {
          explanation = "it is broken";
          return Outcome.INVALID;
        }
        Long last = lastTime.get(ref);
        if (last != null && time < last) {
          return Outcome.OUT_OF_ORDER;
        }
        if (last != null && time == last) {
          return Double.doubleToRawLongBits(value)
                  == Double.doubleToRawLongBits(lastValue.getOrDefault(ref, 0.0))
              ? Outcome.STORED
              : Outcome.DUPLICATE;
        }
        effects.add(() -> {
          lastTime.put(ref, time);
          lastValue.put(ref, value);
          lines.add(set + " " + show(value) + " @" + time);
        });
        return Outcome.STORED;
      }
    }

    private static String show(double value) {
      return StaleMarker.is(value) ? "stale" : GoFloat.g(value);
    }

    @Override
    public Outcome append(long series, long timestamp, Histogram histogram) {
      return append(series, timestamp, histogram.toFloat());
    }

    @Override
    public Outcome append(long series, long timestamp, FloatHistogram histogram) {
      effects.add(() ->
          lines.add(
              labels.get(series)
                  + " schema "
                  + histogram.schema()
                  + " buckets "
                  + Arrays.toString(histogram.positiveCounts())
                  + " @"
                  + timestamp));
      return Outcome.STORED;
    }

    @Override
    public Outcome appendStartTimestamp(long series, long timestamp, long start) {
      effects.add(() -> lines.add(labels.get(series) + " starts @" + start));
      return Outcome.STORED;
    }

    @Override
    public Outcome appendExemplar(long series, Exemplar exemplar) {
      effects.add(() ->
          exemplars.add(
              labels.get(series)
                  + " "
                  + exemplar.labels()
                  + " "
                  + exemplar.value()
                  + " @"
                  + exemplar.timestamp()));
      return Outcome.STORED;
    }

    @Override
    public Outcome updateMetadata(long series, MetricMetadata m) {
      effects.add(() -> metadata.put(labels.get(series), m));
      return Outcome.STORED;
    }

    @Override
    public String explanation() {
      return explanation;
    }

    @Override
    public void commit() throws StorageException {
      synchronized (FakeStorage.this) {
        spent = true;
        if (failCommits) {
          throw new StorageException(StorageException.Kind.IO, "disk full");
        }
        commits++;
        effects.forEach(Runnable::run);
      }
    }

    @Override
    public void rollback() {
      synchronized (FakeStorage.this) {
        spent = true;
        rollbacks++;
      }
    }
  }
}
