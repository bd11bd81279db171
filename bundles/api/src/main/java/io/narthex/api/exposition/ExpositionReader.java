package io.narthex.api.exposition;

import io.narthex.model.LabelsBuilder;
import io.narthex.model.MetricType;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads a scrape body entry by entry, straight from its bytes. A known series costs no allocation:
 * its text is a range of bytes that callers use as a key, and labels are made only on demand.
 */
@ProviderType
public interface ExpositionReader {

  /** What {@link #next} has found. */
  enum Entry {
    /** A float sample: {@link #seriesBytes}, {@link #value}, {@link #labels}, timestamps. */
    SERIES,
    /** As {@link #SERIES}, with {@link #histogram} or {@link #floatHistogram} as its value. */
    HISTOGRAM,
    /** {@link #familyName} and {@link #type}. */
    TYPE,
    /** {@link #familyName} and {@link #metadataText}. */
    HELP,
    /** {@link #familyName} and {@link #metadataText}. */
    UNIT,
    COMMENT,
    END
  }

  /**
   * Begins with a body. The array is read until {@link Entry#END} and must not change meanwhile; it
   * must have at least one spare byte after the body, which the reader may overwrite.
   */
  void reset(byte[] body, int length);

  /**
   * Goes to the next entry.
   *
   * @throws ExpositionException at the first breach of the format
   */
  Entry next() throws ExpositionException;

  /**
   * Says what text the series of the next entry probably has, because it had it in an earlier body.
   * If it does, the reader need not look at its parts. A wrong guess costs little and does no harm;
   * it holds for the next sample only.
   *
   * @param key text of a series that {@link #next} has read before, not changed until then
   */
  void expect(byte[] key, int offset, int length);

  /** Whether the series has the text that was expected. */
  boolean asExpected();

  /**
   * The array that holds the text of the entry: of the series, or of the family and its metadata.
   * Where the format has no text of a series, bytes that no other series has stand for it.
   */
  byte[] seriesBytes();

  int seriesOffset();

  int seriesLength();

  /** The sample's value; NaN is the ordinary NaN. */
  double value();

  boolean hasTimestamp();

  /** Milliseconds since the epoch. */
  long timestamp();

  /** Milliseconds, 0 if none is known. */
  long startTimestamp();

  /** Puts the labels of the series, its name among them, into an emptied builder. */
  void labels(LabelsBuilder into) throws ExpositionException;

  /** Goes to the next exemplar of the sample; false behind the last. */
  boolean nextExemplar() throws ExpositionException;

  /** Puts the exemplar's labels into an emptied builder. */
  void exemplarLabels(LabelsBuilder into) throws ExpositionException;

  double exemplarValue();

  boolean exemplarHasTimestamp();

  long exemplarTimestamp();

  @Nullable Histogram histogram();

  @Nullable FloatHistogram floatHistogram();

  /** Where the family's name stands in {@link #seriesBytes}. */
  int familyOffset();

  int familyLength();

  /** The metric family of a TYPE, HELP or UNIT entry. */
  String familyName();

  MetricType type();

  /** Where help, still escaped, or the unit stands in {@link #seriesBytes}. */
  int metadataOffset();

  int metadataLength();

  /** Unescaped help, or the unit. */
  String metadataText();
}
