package io.narthex.storage.tsdb.internal.compact;

import io.narthex.api.storage.SampleBatch;
import io.narthex.storage.tsdb.internal.block.Intervals;
import io.narthex.storage.tsdb.internal.chunk.ChunkDecoder;
import io.narthex.storage.tsdb.internal.chunk.HistogramChunk;
import io.narthex.storage.tsdb.internal.chunk.HistogramReader;
import io.narthex.storage.tsdb.internal.chunk.Xor2Format;
import io.narthex.storage.tsdb.internal.chunk.XorFormat;
import io.narthex.storage.tsdb.internal.chunk.XorReader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The samples of one chunk, one after the other, without those that were deleted. Reused. */
final class ChunkSamples {

  private final ChunkDecoder floats = new ChunkDecoder();
  private byte[] bytes = new byte[1024];
  private final SampleBatch batch = new SampleBatch();
  private @Nullable HistogramReader histograms;
  private Intervals deleted = Intervals.NONE;
  private int at;

  /** The least time that the next sample may have. */
  private long minTime;

  private long maxTime;
  private long time;
  private double value;
  private long start;
  private @Nullable Object histogram;

  /**
   * Begins with a chunk; {@link #next} goes to its first sample.
   *
   * @param first time that a sample may have
   * @param last time that a sample may have
   */
  void reset(long first, long last, int encoding, MemorySegment data, Intervals without)
      throws IOException {
    minTime = first;
    maxTime = last;
    deleted = without;
    batch.clear();
    at = 0;
    histograms = null;
    histogram = null;
    long length = data.byteSize();
    if (length < XorFormat.HEADER || length > Integer.MAX_VALUE / 2) {
      throw new IOException("a chunk of " + length + " bytes cannot be read");
    }
    int samples =
        (data.get(ValueLayout.JAVA_BYTE, 0) & 0xFF) << 8
            | (data.get(ValueLayout.JAVA_BYTE, 1) & 0xFF);
    switch (encoding) {
      case XorFormat.ENCODING, Xor2Format.ENCODING -> {
        int padded = (int) length + XorReader.PADDING;
        if (bytes.length < padded) {
          bytes = new byte[2 * padded];
        }
        MemorySegment.copy(data, ValueLayout.JAVA_BYTE, 0, bytes, 0, (int) length);
        Arrays.fill(bytes, (int) length, padded, (byte) 0);
        floats.reset(encoding, bytes, (int) length);
      }
      case HistogramChunk.ENCODING, HistogramChunk.FLOAT_ENCODING -> {
        byte[] copy = data.toArray(ValueLayout.JAVA_BYTE);
        histograms = new HistogramReader(encoding, copy, copy.length, samples);
      }
      default -> throw new IOException("not supported yet: chunks of encoding " + encoding);
    }
  }

  /**
   * Goes to the next sample; false at the end.
   *
   * @throws IllegalStateException if the chunk is damaged
   */
  boolean next() {
    HistogramReader h = histograms;
    do {
      if (!(h == null ? nextFloat() : nextHistogram(h))) {
        return false;
      }
      if (time < minTime || time > maxTime) {
        throw new IllegalStateException(
            "a sample of time " + time + " is in a chunk from " + minTime + " to " + maxTime);
      }
      minTime = time + 1;
    } while (deleted.has(time));
    return true;
  }

  private boolean nextFloat() {
    if (at == batch.size) {
      if (!floats.hasRemaining()) {
        return false;
      }
      batch.clear();
      floats.read(batch);
      at = 0;
    }
    time = batch.timestamps[at];
    start = batch.startTimestamps == null ? 0 : batch.startTimestamps[at];
    value = batch.values[at++];
    return true;
  }

  private boolean nextHistogram(HistogramReader h) {
    if (!h.hasRemaining()) {
      return false;
    }
    histogram = h.isFloat() ? h.nextFloat() : h.next();
    time = h.time();
    return true;
  }

  long time() {
    return time;
  }

  /** The sample if it is a float. */
  double value() {
    return value;
  }

  /** The start timestamp of a float, 0 if it is unknown. */
  long startTime() {
    return start;
  }

  /** A Histogram or a FloatHistogram; null if the sample is a float. */
  @Nullable Object histogram() {
    return histogram;
  }
}
