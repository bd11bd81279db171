package io.narthex.storage.tsdb.internal.head;

import io.narthex.storage.tsdb.internal.block.SeriesChunks;
import io.narthex.storage.tsdb.internal.ooo.ChunkCutter;
import io.narthex.storage.tsdb.internal.ooo.OutOfOrderSamples;
import io.narthex.storage.tsdb.internal.ooo.OutOfOrderSeries;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The series of the head with their out-of-order samples in a time range, for a block. Chunks that
 * overlap are merged. Series must not be removed meanwhile.
 */
final class OutOfOrderChunks implements SeriesChunks {

  private final Head head;
  private final long start;

  /** The last millisecond of the range. */
  private final long end;

  /** The newest chunk that takes part. */
  private final long newestChunk;

  private final int samplesPerChunk;
  private final int[] rows;
  private final SymbolOrder symbols;
  private final Runnable release;
  private final List<Chunk> chunks = new ArrayList<>();
  private int at = -1;

  private record Chunk(long minTime, long maxTime, int encoding, MemorySegment data) {}

  /**
   * @param minTime of the range, included
   * @param maxTime of the range, excluded
   * @param release run when it is closed
   */
  OutOfOrderChunks(Head head, long minTime, long maxTime, long newestChunk, Runnable release) {
    this.head = head;
    this.start = minTime;
    this.end = maxTime - 1;
    this.newestChunk = newestChunk;
    this.samplesPerChunk = head.options.samplesPerChunk();
    this.release = release;
    List<Integer> found = new ArrayList<>();
    head.outOfOrder
        .table()
        .forEach(s -> {
          if (s.overlaps(start, end)) {
            found.add(s.row());
          }
        });
    int[] all = found.stream().mapToInt(Integer::intValue).toArray();
    this.symbols = new SymbolOrder(head.index, all, all.length);
    this.rows = new RowSorter(symbols::compareRows).sort(all);
  }

  @Override
  public int symbolCount() {
    return symbols.count();
  }

  @Override
  public MemorySegment symbol(int ordinal) {
    return symbols.symbol(ordinal);
  }

  @Override
  public boolean next() throws IOException {
    while (at + 1 < rows.length) {
      at++;
      chunks.clear();
      OutOfOrderSeries series = head.outOfOrder.find(rows[at]);
      if (series != null) {
        OutOfOrderSamples samples = series.readChunks(start, end, newestChunk);
        ChunkCutter.cut(
            samples,
            samplesPerChunk,
            (encoding, from, to, data) ->
                chunks.add(
                    new Chunk(
                        samples.times[from],
                        samples.times[to - 1],
                        encoding,
                        MemorySegment.ofArray(data))));
      }
      if (!chunks.isEmpty()) {
        return true;
      }
    }
    chunks.clear();
    return false;
  }

  @Override
  public int labelCount() {
    return head.index.labelCount(rows[at]);
  }

  @Override
  public int nameSymbol(int i) {
    return symbols.name(head.index.pair(rows[at], i));
  }

  @Override
  public int valueSymbol(int i) {
    return symbols.value(head.index.pair(rows[at], i));
  }

  @Override
  public int chunkCount() {
    return chunks.size();
  }

  @Override
  public long minTime(int chunk) {
    return chunks.get(chunk).minTime;
  }

  @Override
  public long maxTime(int chunk) {
    return chunks.get(chunk).maxTime;
  }

  @Override
  public int encoding(int chunk) {
    return chunks.get(chunk).encoding;
  }

  @Override
  public MemorySegment data(int chunk) {
    return chunks.get(chunk).data;
  }

  @Override
  public void close() {
    release.run();
  }
}
