package io.narthex.storage.tsdb.internal.record;

import io.narthex.model.MetricMetadata;
import io.narthex.model.MetricType;

/**
 * Records of metadata.
 *
 * <pre>
 * record := 6 ( ref(uvarint) type(1) fields(uvarint) ( name(string) value(string) )* )*
 * name   := UNIT | HELP
 * </pre>
 */
public final class MetadataRecords {

  private static final MetricType[] TYPES = MetricType.values();

  private MetadataRecords() {}

  /** Takes what a record says. */
  @FunctionalInterface
  public interface Sink {
    void accept(long ref, MetricMetadata metadata);
  }

  public static void begin(WriteBuffer out) {
    out.put(RecordType.METADATA);
  }

  public static void add(WriteBuffer out, long ref, MetricMetadata metadata) {
    out.putUvarint(ref);
    out.put(metadata.type().ordinal());
    out.putUvarint(2);
    out.putString("UNIT");
    out.putString(metadata.unit());
    out.putString("HELP");
    out.putString(metadata.help());
  }

  public static void decode(ReadBuffer in, Sink sink) throws MalformedRecordException {
    while (in.hasRemaining()) {
      long ref = in.getUvarint();
      int type = in.get();
      String unit = "";
      String help = "";
      int fields = in.getCount(2);
      for (int i = 0; i < fields; i++) {
        String name = in.getString();
        String value = in.getString();
        switch (name) {
          case "UNIT" -> unit = value;
          case "HELP" -> help = value;
          default -> {
            // A field of a later version.
          }
        }
      }
      MetricType known = type < TYPES.length ? TYPES[type] : MetricType.UNKNOWN;
      sink.accept(ref, new MetricMetadata(known, unit, help));
    }
  }
}
