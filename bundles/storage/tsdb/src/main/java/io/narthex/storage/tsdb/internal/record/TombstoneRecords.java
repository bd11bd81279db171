package io.narthex.storage.tsdb.internal.record;

/**
 * Records of samples that were deleted.
 *
 * <pre>
 * record := 03 ( ref(BE64) start(varint) end(varint) )*
 * </pre>
 */
public final class TombstoneRecords {

  private TombstoneRecords() {}

  /** Takes a deletion. */
  @FunctionalInterface
  public interface Sink {
    /** Both ends are included. */
    void accept(long ref, long start, long end);
  }

  /** Puts one deletion; the first of a record goes behind its type. */
  public static void encode(WriteBuffer out, long ref, long start, long end) {
    if (out.length() == 0) {
      out.put(RecordType.TOMBSTONES);
    }
    out.putLong(ref);
    out.putVarint(start);
    out.putVarint(end);
  }

  /** Reads what follows the type. */
  public static void decode(ReadBuffer in, Sink sink) throws MalformedRecordException {
    while (in.hasRemaining()) {
      sink.accept(in.getLong(), in.getVarint(), in.getVarint());
    }
  }
}
