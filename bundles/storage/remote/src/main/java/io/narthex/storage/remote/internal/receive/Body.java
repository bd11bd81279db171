package io.narthex.storage.remote.internal.receive;

import io.airlift.compress.snappy.SnappyDecompressor;
import io.narthex.storage.remote.internal.series.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Takes in a request's body and decompresses it, in memory that the next request takes over. */
final class Body {

  /** Most bytes of a body, before and after decompression. */
  static final int MAX_BYTES = 32 << 20;

  /** No block expands by more: a copy of 64 bytes takes 3, one of 11 takes 2. */
  private static final int MAX_EXPANSION = 22;

  private static final int FIRST_READ = 64 << 10;
  private static final int KEPT = 4 << 20;
  private static final String CORRUPT = "snappy: corrupt input";

  private final SnappyDecompressor snappy = new SnappyDecompressor();
  private byte[] raw = new byte[0];
  private byte[] message = new byte[0];
  private int length;

  /** The decompressed bytes, from 0 to {@link #length}, with room for careless reads behind. */
  byte[] message() {
    return message;
  }

  int length() {
    return length;
  }

  /**
   * Reads and decompresses a body.
   *
   * @param declared the length that the request declares, -1 for none
   */
  void read(InputStream in, long declared, ByteBudget.Share share)
      throws IOException, RefusedException {
    if (declared > MAX_BYTES) {
      throw tooLarge();
    }
    int n = 0;
    // A body that is declared is believed only as far as it has come: nobody reserves memory by
    // words.
    int room = declared >= 0 ? (int) Math.min(declared + 1, FIRST_READ) : FIRST_READ;
    share.hold(room);
    ensureRaw(room);
    while (true) {
      int got = in.read(raw, n, room - n);
      if (got < 0) {
        break;
      }
      n += got;
      if (n > MAX_BYTES) {
        throw tooLarge();
      }
      if (n == room) {
        int most = declared >= 0 ? (int) declared + 1 : MAX_BYTES + 1;
        room = (int) Math.min(most, Math.max(room * 4L, n + 1L));
        share.hold(room);
        ensureRaw(room);
      }
    }
    decompress(n, share);
  }

  private void decompress(int n, ByteBudget.Share share) throws RefusedException {
    long size = declaredSize(n);
    if (size > MAX_BYTES) {
      throw new RefusedException(
          400, "snappy: decoded length " + size + " exceeds limit " + MAX_BYTES);
    }
    if (size > (long) n * MAX_EXPANSION) {
      throw new RefusedException(400, CORRUPT);
    }
    share.hold(n + size);
    int needed = (int) size + Fingerprint.SLACK;
    if (message.length < needed) {
      message = new byte[Math.max(needed, FIRST_READ)];
    }
    try {
      length = snappy.decompress(raw, 0, n, message, 0, (int) size);
    } catch (RuntimeException e) {
      throw new RefusedException(400, CORRUPT);
    }
    if (length != size) {
      throw new RefusedException(400, CORRUPT);
    }
  }

  /** The size that the block begins with: a number of at most 32 bits. */
  private long declaredSize(int n) throws RefusedException {
    long size = 0;
    for (int i = 0; i < Math.min(n, 5); i++) {
      size |= (raw[i] & 0x7FL) << (7 * i);
      if (raw[i] >= 0) {
        if (size > 0xFFFFFFFFL) {
          break;
        }
        return size;
      }
    }
    throw new RefusedException(400, CORRUPT);
  }

  private void ensureRaw(int room) {
    if (raw.length < room) {
      raw = Arrays.copyOf(raw, room);
    }
  }

  /** Gives up memory that few requests need. */
  void trim() {
    if (raw.length > KEPT) {
      raw = new byte[0];
    }
    if (message.length > KEPT) {
      message = new byte[0];
    }
  }

  private static RefusedException tooLarge() {
    return new RefusedException(413, "http: request body too large");
  }
}
