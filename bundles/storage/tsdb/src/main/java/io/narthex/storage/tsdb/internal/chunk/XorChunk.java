package io.narthex.storage.tsdb.internal.chunk;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Writes a chunk of {@link XorFormat} into an array of its own, for chunks that are written anew.
 * Reused: {@link #clear} begins the next one.
 */
public final class XorChunk {

  /** The most samples that a chunk counts. */
  public static final int MAX_SAMPLES = 0xFFFF;

  private byte[] data = new byte[1280];
  private MemorySegment memory = MemorySegment.ofArray(data);
  private int position = XorFormat.HEADER * 8;
  private int samples;
  private int window = XorFormat.NO_WINDOW;
  private long time;
  private long delta;
  private long bits;

  public void clear() {
    position = XorFormat.HEADER * 8;
    samples = 0;
    window = XorFormat.NO_WINDOW;
  }

  public void add(long t, double value) {
    add(t, Double.doubleToRawLongBits(value));
  }

  /** Adds a sample, which is newer than the one before. At most {@link #MAX_SAMPLES} fit. */
  public void add(long t, long valueBits) {
    if (samples == MAX_SAMPLES) {
      throw new IllegalStateException("an XOR chunk takes no more than 65535 samples");
    }
    ensure();
    if (samples == 0) {
      position = BitWriter.putVarint(memory, 0, position, t);
      position = BitWriter.put(memory, 0, position, valueBits, 64);
    } else {
      long step = t - time;
      position =
          samples == 1
              ? BitWriter.putUvarint(memory, 0, position, step)
              : XorFormat.putDod(memory, 0, position, step - delta);
      delta = step;
      long result = XorFormat.putXor(memory, 0, position, valueBits ^ bits, window);
      position = (int) (result >>> 16);
      window = (int) result & 0xFFFF;
    }
    time = t;
    bits = valueBits;
    samples++;
  }

  private void ensure() {
    int needed = length() + XorFormat.MAX_SAMPLE + BitWriter.SLACK + 8;
    if (needed > data.length) {
      data = Arrays.copyOf(data, data.length * 2);
      memory = MemorySegment.ofArray(data);
    }
  }

  public int samples() {
    return samples;
  }

  /** Bytes of the chunk so far. */
  public int length() {
    return (position + 7) >>> 3;
  }

  /** The chunk as it is stored, in the first {@link #length} bytes; until more is added. */
  public byte[] array() {
    finish(data, length(), position, samples);
    return data;
  }

  /** A copy of the chunk as it is stored. */
  public byte[] toByteArray() {
    byte[] out = Arrays.copyOf(data, length());
    finish(out, out.length, position, samples);
    return out;
  }

  /**
   * Completes the copy of a chunk that was open: puts the number of samples in front and clears the
   * bits behind the last one, which are undefined while it is written.
   *
   * @param usedBits of the chunk, with its header
   */
  public static void finish(byte[] chunk, int length, int usedBits, int samples) {
    chunk[0] = (byte) (samples >>> 8);
    chunk[1] = (byte) samples;
    if ((usedBits & 7) != 0) {
      chunk[length - 1] &= (byte) (0xFF00 >> (usedBits & 7));
    }
  }
}
