package io.narthex.storage.tsdb.internal.chunk;

import io.narthex.api.storage.SampleBatch;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decodes a chunk of {@link XorFormat} into columns. The chunk's bytes are copied into the reader's
 * own array, so that nothing else can change or free them while it decodes. Reused.
 */
public final class XorReader {

  /** Bytes that must be there behind a chunk's end, so that whole words can be read. */
  public static final int PADDING = 32;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] data = new byte[1024 + PADDING];
  private int endBit;
  private int samples;
  private int index;
  private int position;
  private long time;
  private long delta;
  private long value;
  private int leading;
  private int trailing;

  /** An array of at least {@code length} and the padding, for the chunk that comes next. */
  public byte[] buffer(int length) {
    if (data.length < length + PADDING) {
      data = new byte[Math.max(length + PADDING, data.length * 2)];
    }
    return data;
  }

  /** Begins with the chunk in {@link #buffer}. */
  public void reset(int length, int count) {
    samples = count;
    endBit = length * 8;
    index = 0;
    position = XorFormat.HEADER * 8;
    leading = 0;
    trailing = 0;
  }

  /**
   * Begins with a chunk in another array, which the reader uses until it is reset.
   *
   * @param chunk the chunk from index 0 on, and {@link #PADDING} more bytes
   */
  void reset(byte[] chunk, int length, int count) {
    data = chunk;
    reset(length, count);
  }

  public boolean hasRemaining() {
    return index < samples;
  }

  /**
   * Adds samples until the chunk ends or the batch is full.
   *
   * @throws IllegalStateException if the chunk is damaged
   */
  public void read(SampleBatch batch) {
    int out = batch.size;
    int limit = batch.capacity();
    if (index == 0 && samples > 0 && out < limit) {
      first();
      batch.timestamps[out] = time;
      batch.values[out++] = Double.longBitsToDouble(value);
    }
    if (index == 1 && samples > 1 && out < limit) {
      delta = uvarint();
      time += delta;
      xor();
      index = 2;
      batch.timestamps[out] = time;
      batch.values[out++] = Double.longBitsToDouble(value);
    }
    int n = Math.min(limit - out, samples - index);
    if (n > 0 && index >= 2) {
      decode(batch.timestamps, batch.values, out, n);
      index += n;
      out += n;
    }
    if (position > endBit) {
      throw damaged();
    }
    batch.size = out;
  }

  private void first() {
    long t = uvarint();
    time = (t >>> 1) ^ -(t & 1);
    value = bits(position, 64);
    position += 64;
    index = 1;
  }

  /** The main loop, over samples from the third on; keeps everything in locals. */
  private void decode(long[] timestamps, double[] values, int from, int n) {
    byte[] d = data;
    int pos = position;
    int end = endBit;
    long t = time;
    long dt = delta;
    long v = value;
    int lead = leading;
    int trail = trailing;
    for (int i = from; i < from + n; i++) {
      if (pos >= end) {
        throw damaged();
      }
      long w = (long) LONG.get(d, pos >>> 3) << (pos & 7);
      if (w >= 0) {
        pos++;
      } else if (w >>> 62 == 2) {
        dt += signed((w << 2) >>> 50, 14);
        pos += 16;
      } else if (w >>> 61 == 6) {
        dt += signed((w << 3) >>> 47, 17);
        pos += 20;
      } else if (w >>> 60 == 14) {
        dt += signed((w << 4) >>> 44, 20);
        pos += 24;
      } else {
        dt += word(d, pos + 4);
        pos += 68;
      }
      t += dt;
      w = (long) LONG.get(d, pos >>> 3) << (pos & 7);
      if (w >= 0) {
        pos++;
      } else {
        if ((w & 1L << 62) == 0) {
          pos += 2;
        } else {
          lead = (int) (w >>> 57) & 31;
          int length = (int) (w >>> 51) & 63;
          trail = 64 - lead - (length == 0 ? 64 : length);
          if (trail < 0) {
            throw damaged();
          }
          pos += 13;
        }
        int length = 64 - lead - trail;
        v ^= word(d, pos) >>> (64 - length) << trail;
        pos += length;
      }
      timestamps[i] = t;
      values[i] = Double.longBitsToDouble(v);
    }
    position = pos;
    time = t;
    delta = dt;
    value = v;
    leading = lead;
    trailing = trail;
  }

  private void xor() {
    long w = (long) LONG.get(data, position >>> 3) << (position & 7);
    if (w >= 0) {
      position++;
      return;
    }
    if ((w & 1L << 62) != 0) {
      leading = (int) (w >>> 57) & 31;
      int length = (int) (w >>> 51) & 63;
      trailing = 64 - leading - (length == 0 ? 64 : length);
      if (trailing < 0) {
        throw damaged();
      }
      position += 13;
    } else {
      position += 2;
    }
    int length = 64 - leading - trailing;
    value ^= word(data, position) >>> (64 - length) << trailing;
    position += length;
  }

  /** The 64 bits from any position on. */
  private static long word(byte[] d, int pos) {
    int shift = pos & 7;
    long w = (long) LONG.get(d, pos >>> 3) << shift;
    return w | (d[(pos >>> 3) + 8] & 0xFFL) >>> (8 - shift);
  }

  private long bits(int pos, int n) {
    return word(data, pos) >>> (64 - n);
  }

  private long uvarint() {
    long x = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (position >= endBit) {
        break;
      }
      long b = bits(position, 8);
      position += 8;
      x |= (b & 0x7F) << shift;
      if (b < 0x80) {
        return x;
      }
    }
    throw damaged();
  }

  private static long signed(long bits, int n) {
    return bits > 1L << (n - 1) ? bits - (1L << n) : bits;
  }

  private IllegalStateException damaged() {
    return new IllegalStateException(
        "an XOR chunk of " + endBit / 8 + " bytes and " + samples + " samples is damaged");
  }
}
