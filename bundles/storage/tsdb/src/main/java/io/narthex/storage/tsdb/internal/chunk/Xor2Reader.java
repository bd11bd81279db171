package io.narthex.storage.tsdb.internal.chunk;

import io.narthex.api.storage.SampleBatch;
import io.narthex.model.StaleMarker;

/** Decodes chunks of {@link Xor2Format} into columns. Reused by one thread. */
final class Xor2Reader {

  private byte[] data = new byte[0];
  private int endBit;
  private int samples;
  private int index;
  private int position;
  private long time;
  private long delta;
  private long baseline;
  private int leading;
  private int trailing;
  private long start;
  private long startDistance;
  private int changed;
  private boolean firstKnown;

  /**
   * Begins with a chunk.
   *
   * @param chunk the chunk from index 0 on, and {@link XorReader#PADDING} more bytes
   */
  void reset(byte[] chunk, int length, int count) {
    if (length < Xor2Format.HEADER) {
      throw new IllegalStateException("an XOR2 chunk of " + length + " bytes");
    }
    data = chunk;
    endBit = length * 8;
    samples = count;
    index = 0;
    position = Xor2Format.HEADER * 8;
    baseline = 0;
    leading = 0;
    trailing = 0;
    start = 0;
    startDistance = 0;
    firstKnown = (chunk[2] & Xor2Format.FIRST_KNOWN) != 0;
    changed = chunk[2] & Xor2Format.MAX_CHANGED;
  }

  boolean hasRemaining() {
    return index < samples;
  }

  /**
   * Adds samples until the chunk ends or the batch is full.
   *
   * @throws IllegalStateException if the chunk is damaged
   */
  void read(SampleBatch batch) {
    int limit = batch.capacity();
    while (index < samples && batch.size < limit) {
      if (position >= endBit) {
        throw damaged();
      }
      long before = time;
      long bits;
      if (index == 0) {
        bits = first();
      } else if (index == 1) {
        delta = uvarint();
        time += delta;
        bits = value();
      } else {
        bits = joint();
        time += delta;
      }
      if (position > endBit) {
        throw damaged();
      }
      if (changed > 0 && index >= changed) {
        start(before);
      }
      batch.timestamps[batch.size] = time;
      batch.values[batch.size] = Double.longBitsToDouble(bits);
      if (start != 0) {
        putStart(batch);
      }
      batch.size++;
      index++;
    }
    if (position > endBit) {
      throw damaged();
    }
  }

  private void putStart(SampleBatch batch) {
    long[] column = batch.startTimestamps;
    if (column == null) {
      column = new long[batch.capacity()];
      batch.startTimestamps = column;
    }
    column[batch.size] = start;
  }

  private long first() {
    time = Bits.zigzag(uvarint());
    long bits = Bits.word(data, position);
    position += 64;
    if (!StaleMarker.is(Double.longBitsToDouble(bits))) {
      baseline = bits;
    }
    if (firstKnown) {
      start = time - Bits.zigzag(uvarint());
    }
    return bits;
  }

  private void start(long before) {
    long w = Bits.word(data, position);
    int prefix = Bits.varbitPrefix(w);
    int n = Bits.varbitLength(w);
    startDistance += Bits.varbit(Bits.word(data, position + prefix), n);
    position += prefix + n;
    start = before - startDistance;
  }

  /** From the third sample on. */
  private long joint() {
    long w = Bits.word(data, position);
    if (w >= 0) {
      position++;
      return baseline;
    }
    if (w >>> 62 == 2) {
      boolean window = (w >>> 61 & 1) != 0;
      position += 3;
      if (window) {
        window();
      }
      return bits();
    }
    if (w >>> 61 == 6) {
      delta += w << 3 >> 51;
      position += 16;
    } else if (w >>> 60 == 14) {
      delta += w << 4 >> 44;
      position += 24;
    } else if (w >>> 59 == 30) {
      delta += Bits.word(data, position + 5);
      position += 69;
    } else {
      position += 5;
      return StaleMarker.BITS;
    }
    return value();
  }

  private long value() {
    long w = Bits.word(data, position);
    if (w >= 0) {
      position++;
      return baseline;
    }
    if (w >>> 62 == 2) {
      position += 2;
      return bits();
    }
    position += 3;
    if (w >>> 61 == 7) {
      return StaleMarker.BITS;
    }
    window();
    return bits();
  }

  private void window() {
    long w = Bits.word(data, position);
    leading = (int) (w >>> 59);
    int length = (int) (w >>> 53) & 63;
    trailing = 64 - leading - (length == 0 ? 64 : length);
    if (trailing < 0) {
      throw damaged();
    }
    position += 11;
  }

  private long bits() {
    int n = 64 - leading - trailing;
    baseline ^= Bits.word(data, position) >>> (64 - n) << trailing;
    position += n;
    return baseline;
  }

  private long uvarint() {
    long x = 0;
    for (int shift = 0; shift < 70 && position < endBit; shift += 7) {
      long b = Bits.word(data, position) >>> 56;
      position += 8;
      x |= (b & 0x7F) << shift;
      if (b < 0x80) {
        return x;
      }
    }
    throw damaged();
  }

  private IllegalStateException damaged() {
    return new IllegalStateException(
        "an XOR2 chunk of " + endBit / 8 + " bytes and " + samples + " samples is damaged");
  }
}
