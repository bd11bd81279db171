package io.narthex.storage.tsdb.internal.wal;

import io.airlift.compress.Compressor;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import org.jspecify.annotations.Nullable;

/** Compresses records one after the other with reused memory. For one thread at a time. */
public final class RecordCompressor {

  private final int flag;
  private final @Nullable Compressor compressor;
  private byte[] out = new byte[0];

  public RecordCompressor(WalCompression compression) {
    flag =
        switch (compression) {
          case NONE -> 0;
          case SNAPPY -> WalFormat.SNAPPY;
          case ZSTD -> WalFormat.ZSTD;
        };
    compressor =
        switch (compression) {
          case NONE -> null;
          case SNAPPY -> new SnappyCompressor();
          case ZSTD -> new ZstdCompressor();
        };
  }

  /** Adds the record to the frames, compressed if that makes it smaller. */
  public void add(RecordBatch target, byte[] data, int offset, int length) {
    Compressor c = compressor;
    if (c != null) {
      int max = c.maxCompressedLength(length);
      if (out.length < max) {
        out = new byte[Math.max(max, out.length * 2)];
      }
      int n = c.compress(data, offset, length, out, 0, out.length);
      if (n < length) {
        target.add(flag, out, 0, n);
        return;
      }
    }
    target.add(0, data, offset, length);
  }
}
