package io.narthex.storage.tsdb.internal.compact;

import io.narthex.storage.tsdb.internal.block.Intervals;
import io.narthex.storage.tsdb.internal.block.SeriesChunks;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Hands on a source, while it counts, and ends it if that is asked for. */
final class ObservedChunks implements SeriesChunks {

  private static final int SAMPLE_COUNT_BYTES = 2;

  private final SeriesChunks source;
  private final Progress progress;
  private final CompactionMetrics metrics;

  /**
   * @param metrics is told of every chunk
   */
  ObservedChunks(SeriesChunks source, Progress progress, CompactionMetrics metrics) {
    this.source = source;
    this.progress = progress;
    this.metrics = metrics;
  }

  @Override
  public int symbolCount() {
    return source.symbolCount();
  }

  @Override
  public MemorySegment symbol(int ordinal) {
    return source.symbol(ordinal);
  }

  @Override
  public boolean next() throws IOException {
    progress.checkCancelled();
    boolean there = source.next();
    if (there) {
      progress.series();
    }
    return there;
  }

  @Override
  public int labelCount() {
    return source.labelCount();
  }

  @Override
  public int nameSymbol(int i) {
    return source.nameSymbol(i);
  }

  @Override
  public int valueSymbol(int i) {
    return source.valueSymbol(i);
  }

  @Override
  public int chunkCount() {
    return source.chunkCount();
  }

  @Override
  public long minTime(int chunk) {
    return source.minTime(chunk);
  }

  @Override
  public long maxTime(int chunk) {
    return source.maxTime(chunk);
  }

  @Override
  public int encoding(int chunk) throws IOException {
    return source.encoding(chunk);
  }

  @Override
  public MemorySegment data(int chunk) throws IOException {
    MemorySegment data = source.data(chunk);
    if (data.byteSize() >= SAMPLE_COUNT_BYTES) {
      int samples =
          (data.get(ValueLayout.JAVA_BYTE, 0) & 0xFF) << 8
              | (data.get(ValueLayout.JAVA_BYTE, 1) & 0xFF);
      metrics.chunk(samples, data.byteSize(), source.maxTime(chunk) - source.minTime(chunk));
    }
    return data;
  }

  @Override
  public Intervals deleted() {
    return source.deleted();
  }

  @Override
  public void close() {
    source.close();
  }
}
