package io.narthex.api.storage;

import io.narthex.model.Exemplar;
import io.narthex.model.Labels;
import io.narthex.model.MetricMetadata;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A batch of samples that is committed or rolled back as a whole. Used by one thread, once; after
 * {@link #commit} or {@link #rollback} it is spent.
 *
 * <p>A series is named by a reference, positive and never used again for another series while the
 * process runs; callers keep it to spare the look-up by labels. Times are milliseconds since the
 * epoch. A sample that is refused does not disturb the others.
 */
@ProviderType
public interface Appender {

  /**
   * The reference of the series with these labels, which is made if it is new.
   *
   * @return a positive reference, or 0 if the series is refused; {@link #explanation} says why
   */
  long series(Labels labels);

  /**
   * Why the last {@link #series} gave 0: {@link Outcome#LIMIT} if the storage takes no new series
   * now, so that those that are there go on, else {@link Outcome#INVALID}.
   */
  default Outcome refusal() {
    return Outcome.INVALID;
  }

  /**
   * Whether samples are refused from here on that do not come in order, even where the storage
   * takes such: for stale markers and results of rules.
   */
  default void discardOutOfOrder(boolean discard) {}

  Outcome append(long series, long timestamp, double value);

  Outcome append(long series, long timestamp, Histogram histogram);

  Outcome append(long series, long timestamp, FloatHistogram histogram);

  /** Says since when the series has counted, for the sample that follows at {@code timestamp}. */
  Outcome appendStartTimestamp(long series, long timestamp, long startTimestamp);

  Outcome appendExemplar(long series, Exemplar exemplar);

  Outcome updateMetadata(long series, MetricMetadata metadata);

  /**
   * Why the last call did not give a reference or {@link Outcome#STORED}, in the reference's words.
   */
  String explanation();

  /**
   * Makes the samples durable and then visible, all of them. When it returns, they survive a crash
   * of the process.
   *
   * @throws StorageException and then nothing was stored
   */
  void commit() throws StorageException;

  /** Drops the samples; series that were made stay. */
  void rollback() throws StorageException;
}
