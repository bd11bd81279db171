package io.narthex.storage.tsdb.internal.chunk;

import io.narthex.api.storage.SampleBatch;

/**
 * The start timestamps of the histograms of a chunk, which stand behind each, as in XOR2 chunks.
 */
final class StartTimes {

  private final boolean firstKnown;
  private final int changed;
  private long start;
  private long distance;

  /**
   * @param header the byte that {@link Xor2Format} calls starts; 0 for a chunk without any
   */
  StartTimes(int header) {
    firstKnown = (header & Xor2Format.FIRST_KNOWN) != 0;
    changed = header & Xor2Format.MAX_CHANGED;
  }

  /**
   * Reads what stands behind a sample.
   *
   * @param index of the sample in the chunk
   * @param time of the sample
   * @param before time of the sample before
   */
  void read(BitSource in, int index, long time, long before) {
    if (index == 0) {
      if (firstKnown) {
        start = time - in.varint();
      }
    } else if (changed > 0 && index >= changed) {
      distance += in.varbit();
      start = before - distance;
    }
  }

  /** Puts the start timestamp of the sample that was read last into a batch. */
  void put(SampleBatch batch, int i) {
    if (start == 0) {
      return;
    }
    long[] column = batch.startTimestamps;
    if (column == null) {
      column = new long[batch.capacity()];
      batch.startTimestamps = column;
    }
    column[i] = start;
  }
}
