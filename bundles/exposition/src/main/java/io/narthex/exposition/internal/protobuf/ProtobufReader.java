package io.narthex.exposition.internal.protobuf;

import io.narthex.api.exposition.ExpositionException;
import io.narthex.api.exposition.ExpositionReader;
import io.narthex.api.exposition.ReaderOptions;
import io.narthex.exposition.internal.protobuf.SeriesKey.Part;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.MetricType;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the protobuf format: metric families, each behind its length. */
public final class ProtobufReader implements ExpositionReader {

  /** What {@link #next} does next. */
  private enum Step {
    FAMILY,
    UNIT,
    TYPE,
    METRIC,
    POINT
  }

  private final Wire frame = new Wire();
  private final FamilyMessage family = new FamilyMessage();
  private final MetricMessage metric = new MetricMessage();
  private final MetricPoints points;
  private final LabelPairs labelPairs = new LabelPairs();
  private final ExemplarMessage exemplar = new ExemplarMessage();

  private byte[] b = new byte[0];
  private Step step = Step.FAMILY;
  private int metricIndex;
  private boolean inFamily;
  private int textFrom;
  private int textTo;
  private byte[] expected = b;
  private int expectedOffset;
  private int expectedLength;
  private boolean asExpected;

  public ProtobufReader(ReaderOptions options) {
    points = new MetricPoints(options);
  }

  @Override
  public void reset(byte[] body, int length) {
    b = body;
    frame.reset(body, 0, length);
    step = Step.FAMILY;
    inFamily = false;
    expectedLength = 0;
    asExpected = false;
    points.reset();
  }

  @Override
  public Entry next() throws ExpositionException {
    asExpected = false;
    while (true) {
      switch (step) {
        case FAMILY -> {
          if (!nextFamily()) {
            return Entry.END;
          }
          if (family.metrics.size > 0) {
            step = Step.UNIT;
            return metadata(Entry.HELP, family.helpFrom, family.helpTo);
          }
        }
        case UNIT -> {
          step = Step.TYPE;
          if (family.unitTo > family.unitFrom) {
            return metadata(Entry.UNIT, family.unitFrom, family.unitTo);
          }
        }
        case TYPE -> {
          step = Step.METRIC;
          metricIndex = 0;
          return metadata(Entry.TYPE, family.nameTo, family.nameTo);
        }
        case METRIC -> nextMetric();
        case POINT -> {
          if (points.next()) {
            return point();
          }
          step = Step.METRIC;
        }
      }
    }
  }

  private boolean nextFamily() throws ExpositionException {
    if (frame.atEnd()) {
      return false;
    }
    frame.framed();
    family.read(b, frame.from, frame.to);
    return true;
  }

  private void nextMetric() throws ExpositionException {
    if (metricIndex == family.metrics.size) {
      step = Step.FAMILY;
      return;
    }
    metric.read(b, family.metrics.values[metricIndex], family.metrics.values[metricIndex + 1]);
    metricIndex += 2;
    points.begin(b, family, metric);
    step = Step.POINT;
  }

  private Entry metadata(Entry entry, int from, int to) {
    inFamily = true;
    textFrom = from;
    textTo = to;
    return entry;
  }

  private Entry point() {
    inFamily = false;
    asExpected = expectedLength > 0 && points.key.is(expected, expectedOffset, expectedLength);
    expectedLength = 0;
    return points.part == Part.HISTOGRAM ? Entry.HISTOGRAM : Entry.SERIES;
  }

  @Override
  public void expect(byte[] key, int offset, int length) {
    expected = key;
    expectedOffset = offset;
    expectedLength = length;
  }

  @Override
  public boolean asExpected() {
    return asExpected;
  }

  @Override
  public byte[] seriesBytes() {
    return inFamily ? b : points.key.bytes;
  }

  @Override
  public int seriesOffset() {
    return 0;
  }

  @Override
  public int seriesLength() {
    return points.key.length;
  }

  @Override
  public double value() {
    return points.value;
  }

  @Override
  public boolean hasTimestamp() {
    return metric.timestamp != 0;
  }

  @Override
  public long timestamp() {
    return metric.timestamp;
  }

  @Override
  public long startTimestamp() {
    return points.start;
  }

  @Override
  public void labels(LabelsBuilder into) throws ExpositionException {
    labelPairs.series(b, family, metric.labels, points.part, points.bound, into);
  }

  @Override
  public boolean nextExemplar() throws ExpositionException {
    while (points.nextExemplar()) {
      exemplar.read(b, points.exemplarFrom, points.exemplarTo);
      if (exemplar.hasTimestamp || points.part != Part.HISTOGRAM) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void exemplarLabels(LabelsBuilder into) throws ExpositionException {
    labelPairs.exemplar(b, exemplar.labels, into);
  }

  @Override
  public double exemplarValue() {
    return exemplar.value;
  }

  @Override
  public boolean exemplarHasTimestamp() {
    return exemplar.hasTimestamp;
  }

  @Override
  public long exemplarTimestamp() {
    return exemplar.timestamp;
  }

  @Override
  public @Nullable Histogram histogram() {
    return points.histogram.whole();
  }

  @Override
  public @Nullable FloatHistogram floatHistogram() {
    return points.histogram.fractional();
  }

  @Override
  public int familyOffset() {
    return family.nameFrom;
  }

  @Override
  public int familyLength() {
    return family.nameTo - family.nameFrom;
  }

  @Override
  public String familyName() {
    return text(family.nameFrom, family.nameTo);
  }

  @Override
  public MetricType type() {
    return family.type;
  }

  @Override
  public int metadataOffset() {
    return textFrom;
  }

  @Override
  public int metadataLength() {
    return textTo - textFrom;
  }

  @Override
  public String metadataText() {
    return text(textFrom, textTo);
  }

  private String text(int from, int to) {
    return new String(b, from, to - from, StandardCharsets.UTF_8);
  }
}
