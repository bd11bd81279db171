package io.narthex.storage.tsdb.internal.head;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.StorageException;
import io.narthex.model.Exemplar;
import io.narthex.model.Labels;
import io.narthex.model.MetricMetadata;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;

/** The appender of a database that is closed: refuses everything. */
public final class ClosedAppender implements Appender {

  private static final String WHY = "TSDB not ready";

  @Override
  public long series(Labels labels) {
    return 0;
  }

  @Override
  public Outcome append(long series, long timestamp, double value) {
    return Outcome.UNKNOWN_SERIES;
  }

  @Override
  public Outcome append(long series, long timestamp, Histogram histogram) {
    return Outcome.UNKNOWN_SERIES;
  }

  @Override
  public Outcome append(long series, long timestamp, FloatHistogram histogram) {
    return Outcome.UNKNOWN_SERIES;
  }

  @Override
  public Outcome appendStartTimestamp(long series, long timestamp, long startTimestamp) {
    return Outcome.UNKNOWN_SERIES;
  }

  @Override
  public Outcome appendExemplar(long series, Exemplar exemplar) {
    return Outcome.UNKNOWN_SERIES;
  }

  @Override
  public Outcome updateMetadata(long series, MetricMetadata metadata) {
    return Outcome.UNKNOWN_SERIES;
  }

  @Override
  public String explanation() {
    return WHY;
  }

  @Override
  public void commit() throws StorageException {
    throw new StorageException(StorageException.Kind.NOT_READY, WHY);
  }

  @Override
  public void rollback() {
    // There is nothing to drop.
  }
}
