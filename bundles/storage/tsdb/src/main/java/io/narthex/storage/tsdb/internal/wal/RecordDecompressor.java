package io.narthex.storage.tsdb.internal.wal;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;

/** Undoes {@link RecordCompressor}, with reused memory. */
final class RecordDecompressor {

  /** No snappy block expands by more: a copy of 64 bytes takes 3. */
  private static final int MAX_SNAPPY_RATIO = 32;

  /** No zstd block is smaller, header included, or gives more bytes. */
  private static final int MIN_ZSTD_BLOCK = 4;

  private static final long MAX_ZSTD_BLOCK = 128 * 1024;

  private final SnappyDecompressor snappy = new SnappyDecompressor();
  private final ZstdDecompressor zstd = new ZstdDecompressor();
  private byte[] out = new byte[64 * 1024];

  byte[] out() {
    return out;
  }

  /**
   * The length of the decompressed record, which is in {@link #out}.
   *
   * @throws MalformedInputException or another unchecked exception if the data is damaged
   */
  int decompress(int flags, byte[] data, int offset, int length) {
    return (flags & WalFormat.SNAPPY) != 0
        ? decompressSnappy(data, offset, length)
        : decompressZstd(data, offset, length);
  }

  private int decompressSnappy(byte[] data, int offset, int length) {
    long size = SnappyDecompressor.getUncompressedLength(data, offset);
    if (size < 0
        || size > WalFormat.MAX_RECORD_SIZE
        || size > (long) length * MAX_SNAPPY_RATIO + 64) {
      throw new MalformedInputException(offset, "declared size " + size + " of a snappy block");
    }
    ensure((int) size);
    return snappy.decompress(data, offset, length, out, 0, (int) size);
  }

  private int decompressZstd(byte[] data, int offset, int length) {
    long declared = ZstdDecompressor.getDecompressedSize(data, offset, length);
    long most = Math.min(WalFormat.MAX_RECORD_SIZE, (length / MIN_ZSTD_BLOCK + 1) * MAX_ZSTD_BLOCK);
    if (declared > most) {
      throw new MalformedInputException(offset, "declared size " + declared + " of a zstd frame");
    }
    if (declared >= 0 && declared <= Math.max(1 << 20, (long) length * 64)) {
      ensure((int) declared);
      return zstd.decompress(data, offset, length, out, 0, out.length);
    }
    // The size is unknown, or too large to be believed at once: grow while that is the complaint.
    ensure((int) Math.min(most, Math.max(1 << 16, length * 4L)));
    while (true) {
      try {
        return zstd.decompress(data, offset, length, out, 0, out.length);
      } catch (MalformedInputException e) {
        if (out.length >= most || !isTooSmall(e)) {
          throw e;
        }
        ensure((int) Math.min(most, out.length * 2L));
      }
    }
  }

  private static boolean isTooSmall(MalformedInputException e) {
    return String.valueOf(e.getMessage()).contains("too small");
  }

  private void ensure(int size) {
    if (out.length < size) {
      out = new byte[size];
    }
  }
}
