package io.narthex.storage.tsdb.internal.chunk;

import io.narthex.api.storage.SampleBatch;
import org.jspecify.annotations.Nullable;

/** Decodes complete chunks of any encoding into columns. Reused by one thread. */
public final class ChunkDecoder {

  private final XorReader xor = new XorReader();
  private final Xor2Reader xor2 = new Xor2Reader();
  private boolean second;

  /** Set while the chunk is of histograms. */
  private @Nullable HistogramReader histograms;

  /**
   * Begins with a chunk.
   *
   * @param data the chunk from index 0 on and {@link XorReader#PADDING} more bytes; must not change
   *     until the chunk has been read
   * @throws IllegalStateException if it is damaged
   */
  public void reset(int encoding, byte[] data, int length) {
    if (length < 2) {
      throw new IllegalStateException("a chunk of " + length + " bytes");
    }
    int count = (data[0] & 0xFF) << 8 | (data[1] & 0xFF);
    second = encoding == Xor2Format.ENCODING;
    switch (encoding) {
      case XorFormat.ENCODING -> {
        histograms = null;
        xor.reset(data, length, count);
      }
      case Xor2Format.ENCODING -> {
        histograms = null;
        xor2.reset(data, length, count);
      }
      case HistogramChunk.ENCODING, HistogramChunk.FLOAT_ENCODING ->
          histograms = new HistogramReader(encoding, data, length, count);
      case HistogramChunk.ST_ENCODING, HistogramChunk.FLOAT_ST_ENCODING ->
          histograms = new HistogramReader(encoding, data, length, count & HistogramChunk.ST_COUNT);
      default -> throw new IllegalStateException("invalid chunk encoding " + encoding);
    }
  }

  /** Forgets the chunk. */
  public void clear() {
    histograms = null;
    second = false;
    xor.reset(0, 0);
  }

  public boolean hasRemaining() {
    HistogramReader h = histograms;
    if (h != null) {
      return h.hasRemaining();
    }
    return second ? xor2.hasRemaining() : xor.hasRemaining();
  }

  /**
   * Adds samples until the chunk ends or the batch is full.
   *
   * @throws IllegalStateException if the chunk is damaged
   */
  public void read(SampleBatch batch) {
    HistogramReader h = histograms;
    if (h != null) {
      h.read(batch);
    } else if (second) {
      xor2.read(batch);
    } else {
      xor.read(batch);
    }
  }
}
