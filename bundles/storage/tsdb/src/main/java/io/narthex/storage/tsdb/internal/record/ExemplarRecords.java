package io.narthex.storage.tsdb.internal.record;

import io.narthex.model.Exemplar;
import io.narthex.model.Labels;

/**
 * Records of exemplars.
 *
 * <pre>
 * record := 4 first-ref(BE64) first-t(BE64)
 *           ( varint(ref - first-ref) varint(t - first-t) value(BE64)
 *             labels(uvarint) ( name(string) value(string) )* )*
 * </pre>
 */
public final class ExemplarRecords {

  private ExemplarRecords() {}

  /** Takes what a record says. */
  @FunctionalInterface
  public interface Sink {
    void accept(long ref, Exemplar exemplar);
  }

  public static void begin(WriteBuffer out, long firstRef, long firstTimestamp) {
    out.put(RecordType.EXEMPLARS);
    out.putLong(firstRef);
    out.putLong(firstTimestamp);
  }

  public static void add(
      WriteBuffer out, long firstRef, long firstTimestamp, long ref, Exemplar exemplar) {
    out.putVarint(ref - firstRef);
    out.putVarint(exemplar.timestamp() - firstTimestamp);
    out.putDouble(exemplar.value());
    Labels labels = exemplar.labels();
    out.putUvarint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      out.putString(labels.name(i));
      out.putString(labels.value(i));
    }
  }

  public static void decode(ReadBuffer in, Sink sink) throws MalformedRecordException {
    if (!in.hasRemaining()) {
      return;
    }
    long firstRef = in.getLong();
    long firstTimestamp = in.getLong();
    while (in.hasRemaining()) {
      long ref = firstRef + in.getVarint();
      long timestamp = firstTimestamp + in.getVarint();
      double value = in.getDouble();
      String[] pairs = new String[in.getCount(2) * 2];
      for (int i = 0; i < pairs.length; i++) {
        pairs[i] = in.getString();
      }
      sink.accept(ref, new Exemplar(Labels.ofSorted(pairs), value, timestamp, true));
    }
  }
}
