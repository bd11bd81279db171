package io.narthex.storage.tsdb.internal.head;

import io.narthex.model.StaleMarker;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.Resolution;
import io.narthex.storage.tsdb.internal.chunk.HistogramCheck;
import io.narthex.storage.tsdb.internal.chunk.HistogramMerge;
import io.narthex.storage.tsdb.internal.record.ExemplarRecords;
import io.narthex.storage.tsdb.internal.record.HistogramRecords;
import io.narthex.storage.tsdb.internal.record.MalformedRecordException;
import io.narthex.storage.tsdb.internal.record.MetadataRecords;
import io.narthex.storage.tsdb.internal.record.ReadBuffer;
import io.narthex.storage.tsdb.internal.record.RecordType;
import io.narthex.storage.tsdb.internal.record.SampleColumns;
import io.narthex.storage.tsdb.internal.record.SampleRecords;
import io.narthex.storage.tsdb.internal.record.TombstoneRecords;
import java.util.HashSet;
import java.util.Set;

/**
 * Puts the records of a log into a head that nobody else uses yet. A series that the log has under
 * several references is one series here. Samples are applied by a thread beside the one that calls.
 */
public final class Replay implements HistogramRecords.Sink, AutoCloseable {

  private final Head head;
  private final RefRows rowOf = new RefRows();
  private final LabelBytes labels = new LabelBytes();
  private final ReplayApplier applier;
  private final ReadBuffer in = new ReadBuffer();
  private final SampleColumns samples = new SampleColumns();

  /** References of series that the log had under another one before. */
  private final Set<Long> aliases = new HashSet<>();

  private long unknownRefs;
  private long unknownTypes;
  private long badHistograms;

  public Replay(Head head) {
    this.head = head;
    this.applier = new ReplayApplier(head);
  }

  /** Applies one record. */
  public void record(byte[] data, int offset, int length) throws MalformedRecordException {
    in.reset(data, offset, length);
    if (length == 0) {
      return;
    }
    int type = in.get();
    switch (type) {
      case RecordType.SERIES -> series();
      case RecordType.SAMPLES -> {
        samples.size = 0;
        SampleRecords.decode(in, samples);
        apply();
      }
      case RecordType.SAMPLES_V2 -> {
        samples.size = 0;
        SampleRecords.decodeV2(in, samples);
        apply();
      }
      case RecordType.TOMBSTONES -> TombstoneRecords.decode(in, this::tombstone);
      case RecordType.EXEMPLARS -> ExemplarRecords.decode(in, this::exemplar);
      case RecordType.METADATA -> MetadataRecords.decode(in, this::metadata);
      case RecordType.HISTOGRAMS,
          RecordType.FLOAT_HISTOGRAMS,
          RecordType.CUSTOM_BUCKETS_HISTOGRAMS,
          RecordType.CUSTOM_BUCKETS_FLOAT_HISTOGRAMS ->
          HistogramRecords.decode(in, type, this);
      case RecordType.HISTOGRAMS_V2, RecordType.FLOAT_HISTOGRAMS_V2 ->
          HistogramRecords.decodeV2(in, type, this);
      default -> unknownTypes++;
    }
  }

  private void series() throws MalformedRecordException {
    while (in.hasRemaining()) {
      long ref = in.getLong();
      labels.read(in);
      if (ref <= 0) {
        throw new MalformedRecordException("a series has the reference " + ref);
      }
      int row = head.index.find(labels, true);
      if (row < 0) {
        row = head.create(labels, ref);
      } else {
        head.reserveRef(ref);
        if (head.rows.ref(row) != ref) {
          aliases.add(ref);
        }
      }
      labels.keep();
      rowOf.put(ref, row);
    }
  }

  private void apply() {
    long oldest = head.minValid();
    for (int i = 0; i < samples.size; i++) {
      int row = rowOf.get(samples.refs[i]);
      if (row < 0) {
        unknown(samples.refs[i]);
      } else if (samples.timestamps[i] >= oldest) {
        applier.add(row, samples.timestamps[i], Double.doubleToRawLongBits(samples.values[i]));
      }
    }
  }

  @Override
  public void accept(long ref, long t, Histogram h) {
    boolean stale = StaleMarker.is(h.sum());
    if (!stale && HistogramCheck.check(h) != null) {
      badHistograms++;
    } else {
      histogram(
          ref,
          t,
          stale ? HistogramMerge.stale(h.sum()) : Resolution.reduce(h, HistogramCheck.MAX_SCHEMA));
    }
  }

  @Override
  public void accept(long ref, long t, FloatHistogram h) {
    if (!h.isStale() && HistogramCheck.check(h) != null) {
      badHistograms++;
    } else {
      histogram(
          ref,
          t,
          h.isStale()
              ? HistogramMerge.staleFloat(h.sum())
              : Resolution.reduce(h, HistogramCheck.MAX_SCHEMA));
    }
  }

  private void histogram(long ref, long t, Object histogram) {
    int row = rowOf.get(ref);
    if (row < 0) {
      unknown(ref);
    } else if (t >= head.minValid()) {
      applier.add(row, t, histogram);
    }
  }

  private void tombstone(long ref, long start, long end) {
    int row = rowOf.get(ref);
    if (row < 0) {
      unknown(ref);
    } else {
      head.tombstones.add(row, start, end);
    }
  }

  private void exemplar(long ref, io.narthex.model.Exemplar exemplar) {
    int row = rowOf.get(ref);
    if (row < 0) {
      unknown(ref);
      return;
    }
    io.narthex.model.Exemplar newest = head.exemplars.newest(row);
    if (newest == null
        || !(newest.equals(exemplar)
            || ExemplarOrder.isOlder(exemplar, newest, Long.MAX_VALUE / 2))) {
      head.exemplars.add(row, exemplar);
    }
  }

  private void metadata(long ref, io.narthex.model.MetricMetadata metadata) {
    int row = rowOf.get(ref);
    if (row < 0) {
      unknown(ref);
    } else if (head.options.metadataRecords()) {
      head.metadata.set(row, metadata);
    }
  }

  /** Counts a reference without a series; none gets it, for its samples may stay in the log. */
  private void unknown(long ref) {
    unknownRefs++;
    head.reserveRef(ref);
  }

  /** The row of the series that the log has under a reference, -1 if it has none. */
  int rowOf(long ref) {
    return rowOf.get(ref);
  }

  /** Ends with the segment that was replayed last; all samples are in the head then. */
  public void finish(int segment) {
    applier.finish();
    long[] refs = new long[aliases.size()];
    int n = 0;
    for (long ref : aliases) {
      refs[n++] = ref;
    }
    head.expired.add(segment, refs);
  }

  /** Gives up what is not finished. */
  @Override
  public void close() {
    applier.close();
  }

  /** Samples, tombstones and others of references that no series record names. */
  public long unknownRefs() {
    return unknownRefs;
  }

  /** Records of a type that this version does not know. */
  public long unknownTypes() {
    return unknownTypes;
  }

  /** Histograms that are not sound, which were passed over. */
  public long badHistograms() {
    return badHistograms;
  }
}
