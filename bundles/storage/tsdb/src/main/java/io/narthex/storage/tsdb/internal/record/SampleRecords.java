package io.narthex.storage.tsdb.internal.record;

/**
 * Records of float samples.
 *
 * <pre>
 * version 1 := 2 first-ref(BE64) first-t(BE64)
 *              ( varint(ref - first-ref) varint(t - first-t) value(BE64) )*
 * version 2 := 11 varint(ref) varint(t) varint(st) value(BE64)
 *              ( varint(ref - ref-before) varint(t - first-t) mark [varint(st - first-st)]
 *                value(BE64) )*
 * mark      := 0 no start timestamp | 1 the one before | 2 explicit
 * </pre>
 */
public final class SampleRecords {

  private SampleRecords() {}

  /** Begins a record of version 1 with the references of its first sample. */
  public static void begin(WriteBuffer out, long firstRef, long firstTimestamp) {
    out.put(RecordType.SAMPLES);
    out.putLong(firstRef);
    out.putLong(firstTimestamp);
  }

  public static void add(
      WriteBuffer out, long firstRef, long firstTimestamp, long ref, long timestamp, double value) {
    out.putVarint(ref - firstRef);
    out.putVarint(timestamp - firstTimestamp);
    out.putDouble(value);
  }

  /** Adds the samples of a record; its type has been read. */
  public static void decode(ReadBuffer in, SampleColumns out) throws MalformedRecordException {
    if (!in.hasRemaining()) {
      return;
    }
    long firstRef = in.getLong();
    long firstTimestamp = in.getLong();
    while (in.hasRemaining()) {
      long ref = firstRef + in.getVarint();
      long timestamp = firstTimestamp + in.getVarint();
      out.add(ref, timestamp, in.getDouble());
    }
  }

  /** As {@link #decode} for version 2; start timestamps are read and dropped. */
  public static void decodeV2(ReadBuffer in, SampleColumns out) throws MalformedRecordException {
    if (!in.hasRemaining()) {
      return;
    }
    long ref = in.getVarint();
    long firstTimestamp = in.getVarint();
    in.getVarint();
    out.add(ref, firstTimestamp, in.getDouble());
    while (in.hasRemaining()) {
      ref += in.getVarint();
      long timestamp = firstTimestamp + in.getVarint();
      skipStart(in);
      out.add(ref, timestamp, in.getDouble());
    }
  }

  /** Reads the mark of a start timestamp and what follows it. */
  static void skipStart(ReadBuffer in) throws MalformedRecordException {
    int mark = in.get();
    if (mark == 2) {
      in.getVarint();
    } else if (mark > 2) {
      throw new MalformedRecordException("unknown mark of a start timestamp: " + mark);
    }
  }
}
