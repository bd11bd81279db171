package io.narthex.storage.tsdb.internal.record;

import io.narthex.model.Exemplar;
import io.narthex.model.MetricMetadata;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * What of a log's records goes on in a checkpoint: series that are still needed, samples and
 * exemplars from a time on, deletions that reach behind it, and the newest metadata of each series.
 * Reused, by one thread.
 *
 * <p>A record with start timestamps is kept whole if anything in it is.
 */
public final class CheckpointFilter {

  private final LongPredicate series;
  private final long minTime;
  private final ReadBuffer in = new ReadBuffer();
  private final SampleColumns samples = new SampleColumns();
  private final Histograms histograms = new Histograms();
  private final Map<Long, MetricMetadata> metadata = new LinkedHashMap<>();
  private long firstRef;
  private long firstTime;

  /**
   * @param series whether a series is still needed
   * @param minTime older samples are not
   */
  public CheckpointFilter(LongPredicate series, long minTime) {
    this.series = series;
    this.minTime = minTime;
  }

  /** Puts what is kept of a record into an empty buffer, which stays empty if nothing is. */
  public void filter(byte[] data, int offset, int length, WriteBuffer out)
      throws MalformedRecordException {
    if (length == 0) {
      return;
    }
    in.reset(data, offset, length);
    int type = in.get();
    switch (type) {
      case RecordType.SERIES -> series(out);
      case RecordType.SAMPLES -> samples(out);
      case RecordType.SAMPLES_V2 -> {
        samples.size = 0;
        SampleRecords.decodeV2(in, samples);
        for (int i = 0; i < samples.size; i++) {
          if (samples.timestamps[i] >= minTime) {
            whole(data, offset, length, out);
            break;
          }
        }
      }
      case RecordType.TOMBSTONES ->
          TombstoneRecords.decode(
              in,
              (ref, start, end) -> {
                if (end >= minTime && series.test(ref)) {
                  TombstoneRecords.encode(out, ref, start, end);
                }
              });
      case RecordType.EXEMPLARS -> ExemplarRecords.decode(in, (ref, e) -> exemplar(ref, e, out));
      case RecordType.METADATA ->
          MetadataRecords.decode(
              in,
              (ref, m) -> {
                if (series.test(ref)) {
                  metadata.put(ref, m);
                }
              });
      case RecordType.HISTOGRAMS,
          RecordType.FLOAT_HISTOGRAMS,
          RecordType.CUSTOM_BUCKETS_HISTOGRAMS,
          RecordType.CUSTOM_BUCKETS_FLOAT_HISTOGRAMS -> {
        histograms.begin(type, out);
        HistogramRecords.decode(in, type, histograms);
      }
      case RecordType.HISTOGRAMS_V2, RecordType.FLOAT_HISTOGRAMS_V2 -> {
        histograms.begin(0, out);
        HistogramRecords.decodeV2(in, type, histograms);
        if (histograms.kept) {
          whole(data, offset, length, out);
        }
      }
      default -> {
        // Of a later version, or of the out-of-order log: means nothing without its samples.
      }
    }
  }

  private static void whole(byte[] data, int offset, int length, WriteBuffer out) {
    int at = out.reserve(length);
    System.arraycopy(data, offset, out.array(), at, length);
  }

  private void series(WriteBuffer out) throws MalformedRecordException {
    while (in.hasRemaining()) {
      int from = in.position();
      long ref = in.getLong();
      int labels = in.getCount(2);
      for (int i = 0; i < 2 * labels; i++) {
        in.skipBytes();
      }
      if (series.test(ref)) {
        if (out.length() == 0) {
          out.put(RecordType.SERIES);
        }
        whole(in.array(), from, in.position() - from, out);
      }
    }
  }

  private void samples(WriteBuffer out) throws MalformedRecordException {
    samples.size = 0;
    SampleRecords.decode(in, samples);
    for (int i = 0; i < samples.size; i++) {
      long ref = samples.refs[i];
      long t = samples.timestamps[i];
      if (t >= minTime) {
        if (out.length() == 0) {
          firstRef = ref;
          firstTime = t;
          SampleRecords.begin(out, ref, t);
        }
        SampleRecords.add(out, firstRef, firstTime, ref, t, samples.values[i]);
      }
    }
  }

  private void exemplar(long ref, Exemplar exemplar, WriteBuffer out) {
    if (exemplar.timestamp() >= minTime) {
      if (out.length() == 0) {
        firstRef = ref;
        firstTime = exemplar.timestamp();
        ExemplarRecords.begin(out, firstRef, firstTime);
      }
      ExemplarRecords.add(out, firstRef, firstTime, ref, exemplar);
    }
  }

  /** Keeps histograms that are new enough, or only sees whether there are any. */
  private final class Histograms implements HistogramRecords.Sink {
    private int type;
    private WriteBuffer out = new WriteBuffer(16);
    private boolean kept;

    /**
     * @param recordType 0 for only seeing
     */
    void begin(int recordType, WriteBuffer into) {
      type = recordType;
      out = into;
      kept = false;
    }

    private boolean keep(long ref, long t) {
      if (t < minTime) {
        return false;
      }
      kept = true;
      if (type != 0 && out.length() == 0) {
        firstRef = ref;
        firstTime = t;
        HistogramRecords.begin(out, type, ref, t);
      }
      return type != 0;
    }

    @Override
    public void accept(long ref, long t, Histogram h) {
      if (keep(ref, t)) {
        HistogramRecords.add(out, ref - firstRef, t - firstTime, h);
      }
    }

    @Override
    public void accept(long ref, long t, FloatHistogram h) {
      if (keep(ref, t)) {
        HistogramRecords.add(out, ref - firstRef, t - firstTime, h);
      }
    }
  }

  /** Puts the metadata of all records so far into an empty buffer. */
  public void metadata(WriteBuffer out) {
    if (!metadata.isEmpty()) {
      MetadataRecords.begin(out);
      metadata.forEach((ref, m) -> MetadataRecords.add(out, ref, m));
    }
  }
}
