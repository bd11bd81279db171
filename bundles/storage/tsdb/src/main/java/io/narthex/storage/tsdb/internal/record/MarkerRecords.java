package io.narthex.storage.tsdb.internal.record;

/**
 * Records of the out-of-order log that say that what came of a series until now is in a chunk file.
 *
 * <pre>
 * record := 5 ( ref(BE64) chunk(BE64) )*
 * chunk  := file(BE32) offset(BE32)
 * </pre>
 */
public final class MarkerRecords {

  private MarkerRecords() {}

  /** Takes what a record says. */
  @FunctionalInterface
  public interface Sink {
    void accept(long ref, long chunk);
  }

  public static void begin(WriteBuffer out) {
    out.put(RecordType.MMAP_MARKERS);
  }

  public static void add(WriteBuffer out, long ref, long chunk) {
    out.putLong(ref);
    out.putLong(chunk);
  }

  /** Decodes a record; its type has been read. */
  public static void decode(ReadBuffer in, Sink sink) throws MalformedRecordException {
    while (in.hasRemaining()) {
      sink.accept(in.getLong(), in.getLong());
    }
  }
}
