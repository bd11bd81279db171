package io.narthex.storage.tsdb.internal.ooo;

import io.narthex.api.storage.SampleBatch;
import io.narthex.storage.tsdb.internal.chunk.HistogramReader;
import io.narthex.storage.tsdb.internal.chunk.XorFormat;
import io.narthex.storage.tsdb.internal.chunk.XorReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A complete chunk of out-of-order samples. Chunks of a series may overlap. The data never changes;
 * it lies in memory or in a file.
 */
public final class OutOfOrderChunk {

  /** Where a chunk's data is. */
  @FunctionalInterface
  public interface Data {
    byte[] read() throws IOException;
  }

  private final int encoding;
  private final int samples;
  private final long minTime;
  private final long maxTime;
  private final Data data;

  /** Where it is in the chunk files; 0 while it is in memory. */
  private final long ref;

  /** The commit of each sample while there may be readers that do not see all of them. */
  private volatile long @Nullable [] commits;

  /** Readers that see this commit find the samples elsewhere. */
  private volatile long retiredBy = Long.MAX_VALUE;

  /** Chunks are numbered in the order in which a head gets them. */
  final long number;

  OutOfOrderChunk(
      int encoding,
      int samples,
      long minTime,
      long maxTime,
      Data data,
      long ref,
      long number,
      long @Nullable [] commits) {
    this.encoding = encoding;
    this.samples = samples;
    this.minTime = minTime;
    this.maxTime = maxTime;
    this.data = data;
    this.ref = ref;
    this.number = number;
    this.commits = commits;
  }

  public int encoding() {
    return encoding;
  }

  public int samples() {
    return samples;
  }

  public long minTime() {
    return minTime;
  }

  public long maxTime() {
    return maxTime;
  }

  public byte[] data() throws IOException {
    return data.read();
  }

  /** Whether it is in a chunk file. */
  boolean isFile() {
    return ref != 0;
  }

  /** Whether it is in a chunk file under this reference. */
  boolean isFile(long reference) {
    return ref != 0 && ref == reference;
  }

  /** The same chunk with its data in a file. */
  OutOfOrderChunk moved(long reference, Data file) {
    return new OutOfOrderChunk(
        encoding, samples, minTime, maxTime, file, reference, number, commits);
  }

  /** Hides it from readers that see a commit. */
  void retire(long commit) {
    retiredBy = Math.min(retiredBy, commit);
  }

  boolean isRetired() {
    return retiredBy != Long.MAX_VALUE;
  }

  /** Whether a reader that sees this commit last is to look here. */
  boolean isVisible(long reader) {
    return reader < retiredBy;
  }

  /** Forgets the commits if all readers see them. */
  void settle(long oldestReader) {
    long[] all = commits;
    if (all == null) {
      return;
    }
    for (long c : all) {
      if (c > oldestReader) {
        return;
      }
    }
    commits = null;
  }

  /**
   * The samples from {@code from} to {@code to}, both included, that a reader sees.
   *
   * @param reader the last commit that it sees
   * @throws IOException if the data cannot be read, or is damaged
   */
  OutOfOrderSamples read(long from, long to, long reader) throws IOException {
    long[] visible = commits;
    byte[] bytes = data();
    OutOfOrderSamples out = new OutOfOrderSamples(samples);
    try {
      if (encoding == XorFormat.ENCODING) {
        floats(bytes, visible, from, to, reader, out);
      } else {
        HistogramReader in = new HistogramReader(encoding, bytes, bytes.length, samples);
        for (int i = 0; in.hasRemaining(); i++) {
          Object h = in.isFloat() ? in.nextFloat() : in.next();
          long t = in.time();
          if (t >= from && t <= to && (visible == null || visible[i] <= reader)) {
            out.add(t, 0, h);
          }
        }
      }
    } catch (IllegalStateException | IndexOutOfBoundsException e) {
      throw new IOException("an out-of-order chunk is damaged: " + e.getMessage(), e);
    }
    return out;
  }

  private void floats(
      byte[] bytes,
      long @Nullable [] visible,
      long from,
      long to,
      long reader,
      OutOfOrderSamples out) {
    XorReader in = new XorReader();
    System.arraycopy(bytes, 0, in.buffer(bytes.length), 0, bytes.length);
    in.reset(bytes.length, samples);
    SampleBatch batch = new SampleBatch();
    int index = 0;
    while (in.hasRemaining()) {
      batch.clear();
      in.read(batch);
      for (int i = 0; i < batch.size; i++, index++) {
        long t = batch.timestamps[i];
        if (t >= from && t <= to && (visible == null || visible[index] <= reader)) {
          out.add(t, Double.doubleToRawLongBits(batch.values[i]), null);
        }
      }
    }
  }
}
