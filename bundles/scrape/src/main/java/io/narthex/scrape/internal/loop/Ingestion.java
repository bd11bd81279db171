package io.narthex.scrape.internal.loop;

import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.exposition.ExpositionException;
import io.narthex.api.exposition.ExpositionReader;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.StaleMarker;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.scrape.internal.cache.MetadataCache;
import io.narthex.scrape.internal.cache.SeriesCache;
import io.narthex.scrape.internal.loop.SampleLabels.LimitException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the samples of one body after the other to an appender. Belongs to one loop; what it counts
 * stands in its fields until the next body.
 */
final class Ingestion {

  private static final Logger log = LoggerFactory.getLogger(Ingestion.class);
  private static final long MAX_AHEAD_MILLIS = 10 * 60 * 1000;

  private final ScrapeConfig job;
  private final String target;
  private final Features features;
  private final SampleLabels sampleLabels;
  private final SeriesCache series;
  private final MetadataCache metadata;
  private final ScrapeMetrics metrics;
  private final SampleExemplars exemplars = new SampleExemplars();
  private final HistogramLimits histogramLimits;
  private final LabelsBuilder nameLabels = new LabelsBuilder();

  /** Samples in the body. */
  int total;

  /** Samples that relabelling has left. */
  int added;

  /** Series that are new to the cache. */
  int seriesAdded;

  private @Nullable Appender appender;
  private @Nullable LabelsBuilder builder;
  private long defaultTime;
  private long maxTime;
  private int counted;
  private boolean limitExceeded;
  private boolean bucketLimitExceeded;

  /** Whether the sample at hand is a native histogram. */
  private boolean histogram;

  private int duplicates;
  private int outOfOrder;
  private int outOfBounds;
  private int exemplarsOutOfOrder;
  private int seriesRefused;
  private String whyRefused = "";
  private MetadataCache.@Nullable Family family;
  private @Nullable String staleFailure;
  private final SeriesCache.StaleSink markStale = this::markStale;

  /**
   * @param target its URL, for the log
   */
  Ingestion(
      ScrapeConfig job,
      String target,
      Features features,
      SampleLabels sampleLabels,
      SeriesCache series,
      MetadataCache metadata,
      ScrapeMetrics metrics) {
    this.job = job;
    this.target = target;
    this.features = features;
    this.sampleLabels = sampleLabels;
    this.series = series;
    this.metadata = metadata;
    this.metrics = metrics;
    this.histogramLimits =
        new HistogramLimits(job.nativeHistogramBucketLimit(), job.nativeHistogramMinBucketFactor());
  }

  /**
   * Appends nothing but the marks of series that were there in the last scrape and not since.
   *
   * @param time milliseconds
   */
  void empty(Appender app, long time) throws ScrapeFailure {
    begin(app, time, time);
    try {
      markEndedSeries();
    } finally {
      finish(false);
    }
  }

  /**
   * Appends all samples of the body the reader stands at the beginning of.
   *
   * @param time milliseconds of samples without a timestamp
   * @param now milliseconds
   */
  void body(Appender app, ExpositionReader reader, LabelsBuilder labels, long time, long now)
      throws ScrapeFailure {
    begin(app, time, now);
    builder = labels;
    try {
      readAll(reader);
      if (limitExceeded) {
        throw new ScrapeFailure("sample limit exceeded");
      }
      if (bucketLimitExceeded) {
        throw new ScrapeFailure("histogram bucket limit exceeded");
      }
      markEndedSeries();
    } catch (SeriesCache.CacheFullException e) {
      throw new ScrapeFailure(String.valueOf(e.getMessage()));
    } finally {
      if (limitExceeded) {
        metrics.exceededSampleLimit.increment();
      }
      if (bucketLimitExceeded) {
        metrics.exceededBucketLimit.increment();
      }
      logDropped();
    }
    finish(true);
  }

  private void begin(Appender app, long time, long now) {
    appender = app;
    defaultTime = time;
    maxTime = now + MAX_AHEAD_MILLIS;
    total = 0;
    added = 0;
    seriesAdded = 0;
    counted = 0;
    limitExceeded = false;
    bucketLimitExceeded = false;
    duplicates = 0;
    outOfOrder = 0;
    outOfBounds = 0;
    exemplarsOutOfOrder = 0;
    seriesRefused = 0;
    family = null;
    staleFailure = null;
  }

  private void finish(boolean flush) {
    boolean forced = series.finish(flush, metadata.size());
    if (forced) {
      metrics.flushesForced.increment();
    }
    metadata.finish(flush || forced);
  }

  private void readAll(ExpositionReader reader) throws ScrapeFailure {
    try {
      while (true) {
        series.predict(reader);
        ExpositionReader.Entry entry = reader.next();
        switch (entry) {
          case SERIES -> sample(reader, false);
          case HISTOGRAM -> sample(reader, true);
          case TYPE, HELP, UNIT -> family = metadata.update(reader, entry);
          case COMMENT -> {}
          case END -> {
            return;
          }
        }
      }
    } catch (ExpositionException e) {
      throw new ScrapeFailure(String.valueOf(e.getMessage()));
    } catch (LimitException e) {
      metrics.exceededLabelLimits.increment();
      throw new ScrapeFailure(String.valueOf(e.getMessage()));
    }
  }

  private void sample(ExpositionReader reader, boolean isHistogram)
      throws ScrapeFailure, LimitException {
    total++;
    histogram = isHistogram;
    boolean explicit = job.honorTimestamps() && reader.hasTimestamp();
    long time = explicit ? reader.timestamp() : defaultTime;
    int entry = series.find(reader);
    if (entry != SeriesCache.NONE) {
      boolean again = series.see(entry);
      if (series.isDropped(entry)) {
        return;
      }
      known(reader, entry, time, explicit, again && !explicit);
      return;
    }
    Labels labels = labels(reader);
    if (labels == null) {
      series.addDropped(reader);
      return;
    }
    fresh(reader, labels, time, explicit);
  }

  private @Nullable Labels labels(ExpositionReader reader) throws ScrapeFailure, LimitException {
    LabelsBuilder b = builder;
    if (b == null) {
      throw new IllegalStateException("no body was begun");
    }
    return sampleLabels.of(reader, b);
  }

  private void known(
      ExpositionReader reader, int entry, long time, boolean explicit, boolean duplicate)
      throws ScrapeFailure, LimitException {
    if (duplicate) {
      dropped(Outcome.DUPLICATE);
    } else if (within(reader, true)) {
      long ref = series.ref(entry);
      Outcome outcome = append(reader, ref, time);
      if (outcome == Outcome.UNKNOWN_SERIES) {
        Labels labels = labels(reader);
        if (labels == null) {
          // Its type is another now, and with it the text of a bound that relabelling looks at.
          series.drop(entry);
          return;
        }
        ref = reference(labels);
        if (ref == 0) {
          added++;
          return;
        }
        series.setRef(entry, ref);
        outcome = append(reader, ref, time);
      }
      if (outcome != Outcome.STORED) {
        dropped(outcome);
      } else {
        if (!explicit || job.trackTimestampsStaleness()) {
          series.track(entry);
        }
        behindSample(reader, ref, time, false);
      }
    }
    added++;
  }

  private void fresh(ExpositionReader reader, Labels labels, long time, boolean explicit)
      throws ScrapeFailure {
    if (within(reader, false)) {
      long ref = reference(labels);
      if (ref == 0) {
        added++;
        return;
      }
      Outcome outcome = append(reader, ref, time);
      if (outcome != Outcome.STORED) {
        dropped(outcome);
      } else {
        int entry = series.add(reader, ref);
        if (!explicit || job.trackTimestampsStaleness()) {
          series.track(entry);
        }
        if (!limitExceeded) {
          seriesAdded++;
        }
        behindSample(reader, ref, time, true);
      }
    }
    added++;
  }

  /** Counts the sample against the limit; stale markers of known series are exempt. */
  private boolean within(ExpositionReader reader, boolean known) {
    if (job.sampleLimit() > 0 && !(known && isStale(reader)) && ++counted > job.sampleLimit()) {
      limitExceeded = true;
      return false;
    }
    return true;
  }

  private boolean isStale(ExpositionReader reader) {
    if (!histogram) {
      return StaleMarker.is(reader.value());
    }
    Histogram h = reader.histogram();
    FloatHistogram f = reader.floatHistogram();
    return h != null ? StaleMarker.is(h.sum()) : f != null && f.isStale();
  }

  private Appender appender() {
    Appender app = appender;
    if (app == null) {
      throw new IllegalStateException("no body was begun");
    }
    return app;
  }

  /** The reference of a series; 0 if the storage takes no new one while others go on. */
  private long reference(Labels labels) throws ScrapeFailure {
    long ref = appender().series(labels);
    if (ref <= 0) {
      if (appender().refusal() == Outcome.LIMIT) {
        seriesRefused++;
        whyRefused = appender().explanation();
        return 0;
      }
      throw new ScrapeFailure(appender().explanation());
    }
    return ref;
  }

  private Outcome append(ExpositionReader reader, long ref, long time) {
    if (time > maxTime) {
      return Outcome.OUT_OF_BOUNDS;
    }
    Appender app = appender();
    if (features.startTimestamps()) {
      long start = reader.startTimestamp();
      if (start != 0) {
        Outcome outcome = app.appendStartTimestamp(ref, time, start);
        if (outcome != Outcome.STORED && outcome != Outcome.OUT_OF_ORDER) {
          log.atDebug()
              .addKeyValue("err", outcome.text())
              .log("Error when appending ST in scrape loop");
        }
      }
    }
    return histogram
        ? appendHistogram(app, reader, ref, time)
        : app.append(ref, time, reader.value());
  }

  private Outcome appendHistogram(Appender app, ExpositionReader reader, long ref, long time) {
    Histogram h = reader.histogram();
    FloatHistogram f = reader.floatHistogram();
    Histogram fitting = h == null ? null : histogramLimits.within(h);
    FloatHistogram fittingFloat = f == null ? null : histogramLimits.within(f);
    if (fitting != null) {
      return app.append(ref, time, fitting);
    }
    if (fittingFloat != null) {
      return app.append(ref, time, fittingFloat);
    }
    bucketLimitExceeded = true;
    return Outcome.LIMIT;
  }

  /** A sample that was not stored: counted, or the end of the scrape. */
  private void dropped(Outcome outcome) throws ScrapeFailure {
    switch (outcome) {
      case OUT_OF_ORDER -> {
        outOfOrder++;
        metrics.outOfOrder.increment();
      }
      case DUPLICATE -> {
        duplicates++;
        metrics.duplicates.increment();
      }
      case OUT_OF_BOUNDS -> {
        outOfBounds++;
        metrics.outOfBounds.increment();
      }
      case STORED -> {}
      case UNKNOWN_SERIES, TOO_OLD, INVALID, LIMIT -> {
        if (bucketLimitExceeded) {
          // The rest of the body is still counted.
          return;
        }
        String why = appender().explanation();
        throw new ScrapeFailure(why.isEmpty() ? outcome.text() : why);
      }
    }
  }

  private void behindSample(ExpositionReader reader, long ref, long time, boolean isNew) {
    if (features.exemplars() && exemplars.append(reader, appender(), ref, time)) {
      exemplarsOutOfOrder++;
      metrics.exemplarsOutOfOrder.increment();
    }
    MetadataCache.Family f = family;
    if (features.metadata() && f != null && (isNew || metadata.hasChanged(f))) {
      String name = FamilyNames.seriesName(reader, nameLabels);
      if (FamilyNames.contains(f.name(), f.metadata().type(), name)) {
        Outcome outcome = appender().updateMetadata(ref, f.metadata());
        if (outcome != Outcome.STORED) {
          log.atDebug()
              .addKeyValue("err", appender().explanation())
              .log("Error when appending metadata in scrape loop");
        }
      }
    }
  }

  private void markEndedSeries() throws ScrapeFailure {
    appender().discardOutOfOrder(true);
    series.forEachStale(markStale);
    appender().discardOutOfOrder(false);
    if (staleFailure != null) {
      throw new ScrapeFailure(staleFailure);
    }
  }

  private boolean markStale(long ref) {
    Outcome outcome = appender().append(ref, defaultTime, StaleMarker.VALUE);
    return switch (outcome) {
      // Late or double marks are expected when a target comes back with a new loop; a series that
      // the storage has forgotten has no samples that could live on.
      case STORED, OUT_OF_ORDER, DUPLICATE, UNKNOWN_SERIES -> true;
      case OUT_OF_BOUNDS, TOO_OLD, INVALID, LIMIT -> {
        String why = appender().explanation();
        staleFailure = why.isEmpty() ? outcome.text() : why;
        yield false;
      }
    };
  }

  private void logDropped() {
    warn(outOfOrder, "Error on ingesting out-of-order samples");
    warn(duplicates, "Error on ingesting samples with different value but same timestamp");
    warn(outOfBounds, "Error on ingesting samples that are too old or are too far into the future");
    warn(exemplarsOutOfOrder, "Error on ingesting out-of-order exemplars");
    warn(seriesRefused, "New series were refused: " + whyRefused);
  }

  private void warn(int dropped, String message) {
    if (dropped > 0) {
      log.atWarn()
          .addKeyValue("scrape_pool", job.jobName())
          .addKeyValue("target", target)
          .addKeyValue("num_dropped", dropped)
          .log(message);
    }
  }
}
