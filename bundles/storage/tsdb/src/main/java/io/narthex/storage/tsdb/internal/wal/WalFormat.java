package io.narthex.storage.tsdb.internal.wal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Constants of the log's framing.
 *
 * <pre>
 * segment  := page*                         file of 8 decimal digits, a multiple of pages long
 * page     := fragment* zero*               32 KiB; only the last one of a log may be shorter
 * fragment := type(1) length(BE16) crc32c(BE32) data[length]
 * type     := kind (bits 0-2) | snappy (bit 3) | zstd (bit 4)
 * record   := FULL | FIRST MIDDLE* LAST     compressed as a whole before it is cut
 * </pre>
 */
public final class WalFormat {

  public static final int PAGE_SIZE = 32 * 1024;
  public static final int HEADER_SIZE = 7;
  public static final int DEFAULT_SEGMENT_SIZE = 128 * 1024 * 1024;

  /** The longest record that is read: longer ones are taken for damage. */
  public static final int MAX_RECORD_SIZE = 512 * 1024 * 1024;

  static final int KIND_MASK = 0x07;
  static final int PAGE_TERM = 0;
  static final int FULL = 1;
  static final int FIRST = 2;
  static final int MIDDLE = 3;
  static final int LAST = 4;
  static final int SNAPPY = 0x08;
  static final int ZSTD = 0x10;

  private WalFormat() {}

  /** The file name of a segment. */
  public static String segmentName(int index) {
    return String.format(Locale.ROOT, "%08d", index);
  }

  /** The index of a segment's file, or null if the name is none of a segment. */
  static @Nullable Integer segmentIndex(String name) {
    if (name.isEmpty() || name.length() > 9) {
      return null;
    }
    int n = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9') {
        return null;
      }
      n = n * 10 + (c - '0');
    }
    return n;
  }
}
