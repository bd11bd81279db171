package io.narthex.storage.tsdb.internal.chunk;

import io.narthex.model.StaleMarker;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Writes a chunk of {@link Xor2Format} into an array of its own. Reused: {@link #clear}. */
public final class Xor2Chunk {

  /** The most samples that a chunk counts. */
  public static final int MAX_SAMPLES = 0xFFFF;

  private static final int NO_WINDOW = 0xFF;

  private byte[] data = new byte[1280];
  private MemorySegment memory = MemorySegment.ofArray(data);
  private int position;
  private int samples;
  private long time;
  private long delta;
  private long baseline;
  private int leading;
  private int trailing;
  private long start;
  private long startDistance;
  private int changed;
  private boolean firstKnown;

  public Xor2Chunk() {
    clear();
  }

  public void clear() {
    position = Xor2Format.HEADER * 8;
    samples = 0;
    baseline = 0;
    leading = NO_WINDOW;
    trailing = 0;
    start = 0;
    startDistance = 0;
    changed = 0;
    firstKnown = false;
  }

  public int samples() {
    return samples;
  }

  /** Bytes of the chunk so far. */
  public int length() {
    return (position + 7) >>> 3;
  }

  /** A copy of the chunk as it is stored. */
  public byte[] toByteArray() {
    byte[] out = Arrays.copyOf(data, length());
    XorChunk.finish(out, out.length, position, samples);
    out[2] = (byte) ((firstKnown ? Xor2Format.FIRST_KNOWN : 0) | changed);
    return out;
  }

  /**
   * Adds a sample, which is newer than the one before.
   *
   * @param since the start timestamp, 0 if unknown
   */
  public void add(long t, double value, long since) {
    if (samples == MAX_SAMPLES) {
      throw new IllegalStateException("an XOR2 chunk takes no more than 65535 samples");
    }
    if (length() + Xor2Format.MAX_SAMPLE + 2 * BitWriter.SLACK > data.length) {
      data = Arrays.copyOf(data, data.length * 2);
      memory = MemorySegment.ofArray(data);
    }
    long bits = Double.doubleToRawLongBits(value);
    boolean stale = StaleMarker.is(value);
    if (samples == 0) {
      first(t, bits, stale, since);
    } else {
      long step = t - time;
      if (samples == 1) {
        position = BitWriter.putUvarint(memory, 0, position, step);
        putValue(bits, stale);
      } else {
        putJoint(step - delta, bits, stale);
      }
      delta = step;
      putStart(since);
    }
    time = t;
    start = since;
    samples++;
  }

  private void put(long bits, int n) {
    position = BitWriter.put(memory, 0, position, bits, n);
  }

  private void first(long t, long bits, boolean stale, long since) {
    position = BitWriter.putVarint(memory, 0, position, t);
    put(bits, 64);
    if (!stale) {
      baseline = bits;
    }
    if (since != 0) {
      position = BitWriter.putVarint(memory, 0, position, t - since);
      firstKnown = true;
    }
  }

  private void putJoint(long dod, long bits, boolean stale) {
    if (dod == 0) {
      if (stale) {
        put(0x1F, 5);
      } else if (bits == baseline) {
        put(0, 1);
      } else {
        put(2, 2);
        long xor = bits ^ baseline;
        boolean fits = fits(xor);
        put(fits ? 0 : 1, 1);
        putBits(xor, fits);
        baseline = bits;
      }
      return;
    }
    if (dod >= -4096 && dod <= 4095) {
      put(6L << 13 | (dod & 0x1FFF), 16);
    } else if (dod >= -524288 && dod <= 524287) {
      put(14L << 20 | (dod & 0xFFFFF), 24);
    } else {
      put(0x1E, 5);
      put(dod, 64);
    }
    putValue(bits, stale);
  }

  private void putValue(long bits, boolean stale) {
    if (stale) {
      put(7, 3);
      return;
    }
    long xor = bits ^ baseline;
    if (xor == 0) {
      put(0, 1);
      return;
    }
    boolean fits = fits(xor);
    put(fits ? 2 : 6, fits ? 2 : 3);
    putBits(xor, fits);
    baseline = bits;
  }

  private boolean fits(long xor) {
    return leading != NO_WINDOW
        && Long.numberOfLeadingZeros(xor) >= leading
        && Long.numberOfTrailingZeros(xor) >= trailing;
  }

  private void putBits(long xor, boolean fits) {
    if (!fits) {
      leading = Math.min(Long.numberOfLeadingZeros(xor), 31);
      trailing = Long.numberOfTrailingZeros(xor);
      int n = 64 - leading - trailing;
      put((long) leading << 6 | (n & 0x3F), 11);
    }
    put(xor >>> trailing, 64 - leading - trailing);
  }

  private void putStart(long since) {
    if (changed == 0) {
      if (since == start && samples != Xor2Format.MAX_CHANGED) {
        return;
      }
      changed = samples;
      startDistance = 0;
    }
    long distance = time - since;
    position = BitWriter.putVarbit(memory, 0, position, distance - startDistance);
    startDistance = distance;
  }
}
