package io.narthex.exposition.internal;

import io.narthex.api.exposition.ExpositionException;
import io.narthex.api.exposition.ExpositionReader;
import io.narthex.exposition.internal.histogram.HistogramSlot;
import io.narthex.model.Exemplar;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.MetricType;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text format and gives a native histogram with custom buckets behind the lines of each
 * classic one, and these lines only if that is wanted.
 */
final class CustomBucketsReader implements ExpositionReader {

  private final BodyReader reader;
  private final boolean classic;
  private final ClassicGroup group;
  private final HistogramSlot histogram = new HistogramSlot();

  /** What the reader stands at while the histogram in front of it is shown. */
  private @Nullable Entry pending;

  private boolean pendingIsMember;
  private int exemplarAt;
  private byte[] expected = new byte[0];
  private int expectedOffset;
  private int expectedLength;
  private boolean asExpected;

  CustomBucketsReader(BodyReader reader, boolean classic) {
    this.reader = reader;
    this.classic = classic;
    group = new ClassicGroup(reader);
  }

  @Override
  public void reset(byte[] body, int length) {
    reader.reset(body, length);
    group.reset();
    histogram.clear();
    pending = null;
    expectedLength = 0;
  }

  @Override
  public Entry next() throws ExpositionException {
    asExpected = false;
    Entry entry = pending;
    boolean member = pendingIsMember;
    pending = null;
    histogram.clear();
    while (true) {
      if (entry == null) {
        entry = reader.next();
        member = entry == Entry.SERIES && reader.type == MetricType.HISTOGRAM && group.isMember();
        if (group.isOpen && !(member && group.continues())) {
          group.close(histogram);
          if (!histogram.isEmpty()) {
            pending = entry;
            pendingIsMember = member;
            return shown();
          }
        }
      }
      if (member) {
        group.add();
      }
      if (!member || classic) {
        expectedLength = 0;
        asExpected = reader.asExpected();
        return entry;
      }
      entry = null;
    }
  }

  private Entry shown() {
    exemplarAt = -1;
    asExpected = expectedLength > 0 && group.key.is(expected, expectedOffset, expectedLength);
    expectedLength = 0;
    return Entry.HISTOGRAM;
  }

  private boolean isShown() {
    return pending != null;
  }

  @Override
  public void expect(byte[] key, int offset, int length) {
    expected = key;
    expectedOffset = offset;
    expectedLength = length;
    if (pending == null) {
      reader.expect(key, offset, length);
    }
  }

  @Override
  public boolean asExpected() {
    return asExpected;
  }

  @Override
  public byte[] seriesBytes() {
    return isShown() ? group.key.bytes : reader.seriesBytes();
  }

  @Override
  public int seriesOffset() {
    return isShown() ? 0 : reader.seriesOffset();
  }

  @Override
  public int seriesLength() {
    return isShown() ? group.key.length : reader.seriesLength();
  }

  @Override
  public double value() {
    return reader.value();
  }

  @Override
  public boolean hasTimestamp() {
    return isShown() ? group.hasTimestamp : reader.hasTimestamp();
  }

  @Override
  public long timestamp() {
    return isShown() ? group.timestamp : reader.timestamp();
  }

  @Override
  public long startTimestamp() {
    return isShown() ? group.startTimestamp : reader.startTimestamp();
  }

  @Override
  public void labels(LabelsBuilder into) throws ExpositionException {
    if (isShown()) {
      group.labels(into);
    } else {
      reader.labels(into);
    }
  }

  @Override
  public boolean nextExemplar() throws ExpositionException {
    return isShown() ? ++exemplarAt < group.exemplars.size() : reader.nextExemplar();
  }

  private Exemplar exemplar() {
    return group.exemplars.get(exemplarAt);
  }

  @Override
  public void exemplarLabels(LabelsBuilder into) throws ExpositionException {
    if (isShown()) {
      into.reset(exemplar().labels());
    } else {
      reader.exemplarLabels(into);
    }
  }

  @Override
  public double exemplarValue() {
    return isShown() ? exemplar().value() : reader.exemplarValue();
  }

  @Override
  public boolean exemplarHasTimestamp() {
    return isShown() || reader.exemplarHasTimestamp();
  }

  @Override
  public long exemplarTimestamp() {
    return isShown() ? exemplar().timestamp() : reader.exemplarTimestamp();
  }

  @Override
  public @Nullable Histogram histogram() {
    return histogram.whole();
  }

  @Override
  public @Nullable FloatHistogram floatHistogram() {
    return histogram.fractional();
  }

  @Override
  public int familyOffset() {
    return reader.familyOffset();
  }

  @Override
  public int familyLength() {
    return reader.familyLength();
  }

  @Override
  public String familyName() {
    return reader.familyName();
  }

  @Override
  public MetricType type() {
    return reader.type();
  }

  @Override
  public int metadataOffset() {
    return reader.metadataOffset();
  }

  @Override
  public int metadataLength() {
    return reader.metadataLength();
  }

  @Override
  public String metadataText() {
    return reader.metadataText();
  }
}
