package io.narthex.storage.tsdb.internal.head;

import io.narthex.storage.tsdb.internal.block.Intervals;
import io.narthex.storage.tsdb.internal.block.SeriesChunks;
import io.narthex.storage.tsdb.internal.chunk.HistogramChunk;
import io.narthex.storage.tsdb.internal.chunk.XorChunk;
import io.narthex.storage.tsdb.internal.chunk.XorFormat;
import io.narthex.storage.tsdb.internal.chunk.XorReader;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The series of the head with the chunks that they have in a time range, for a block. Chunks that
 * lie in it are handed out as they are, open ones as they stand when their series' turn comes;
 * those that reach over an end of the range or had samples deleted are written anew.
 *
 * <p>Rows are sorted as ints: about 12 bytes a series, beside what {@link SymbolOrder} takes.
 */
final class HeadChunks implements SeriesChunks {

  private final Head head;
  private final Runnable release;
  private final long start;

  /** The last millisecond of the range. */
  private final long end;

  private final int[] rows;
  private final SymbolOrder symbols;
  private final SeriesSnapshot snapshot = new SeriesSnapshot();
  private final XorReader open = new XorReader();
  private final ClippedChunk clipped = new ClippedChunk();
  private int at = -1;
  private int[] places = new int[16];
  private int count;
  private long[] minTimes = new long[16];
  private long[] maxTimes = new long[16];
  private int[] encodings = new int[16];
  private MemorySegment[] data = new MemorySegment[16];

  /**
   * @param minTime of the range, included
   * @param maxTime of the range, excluded
   * @param release run when it is closed
   */
  HeadChunks(Head head, long minTime, long maxTime, Runnable release) {
    this.head = head;
    this.release = release;
    this.start = minTime;
    this.end = maxTime - 1;
    RowList found = rowsInRange();
    this.symbols = new SymbolOrder(head.index, found.rows, found.size);
    this.rows = new RowSorter(symbols::compareRows).sort(found);
  }

  private RowList rowsInRange() {
    int bound = head.rows.bound();
    int[] found = new int[bound];
    int n = 0;
    for (int row = 0; row < bound; row++) {
      snapshot.read(head.rows, row);
      if (snapshot.overlaps(head.chunks, start, end)) {
        found[n++] = row;
      }
    }
    return new RowList(found, n);
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
  public boolean next() {
    while (at + 1 < rows.length) {
      at++;
      read(rows[at]);
      if (count > 0) {
        return true;
      }
    }
    count = 0;
    return false;
  }

  private void read(int row) {
    count = 0;
    ChunkMemory chunks = head.chunks;
    snapshot.read(head.rows, chunks, head.histograms.open, row, open);
    Intervals deleted = head.tombstones.of(row);
    int n = 0;
    for (int place = snapshot.closed; place != 0; place = chunks.before(place)) {
      if (chunks.maxTime(place) < start) {
        break;
      }
      if (chunks.minTime(place) <= end) {
        if (n == places.length) {
          places = Arrays.copyOf(places, n * 2);
        }
        places[n++] = place;
      }
    }
    while (n > 0) {
      complete(places[--n], deleted);
    }
    if (snapshot.hasOpen && snapshot.openMinTime <= end && snapshot.lastTime >= start) {
      open(deleted);
    }
  }

  private void complete(int place, Intervals deleted) {
    ChunkMemory chunks = head.chunks;
    long min = chunks.minTime(place);
    long max = chunks.maxTime(place);
    int encoding = chunks.encoding(place);
    if (isWhole(min, max, deleted)) {
      add(min, max, encoding, chunks.data(place));
      return;
    }
    byte[] copy = new byte[chunks.length(place)];
    chunks.copy(place, copy, copy.length);
    clipped.clip(encoding, copy, chunks.samples(place), start, end, deleted, this::add);
  }

  private void open(Intervals deleted) {
    byte[] copy = snapshot.openHistograms;
    int encoding =
        snapshot.kind == SeriesRows.HISTOGRAM
            ? HistogramChunk.ENCODING
            : HistogramChunk.FLOAT_ENCODING;
    if (copy == null) {
      encoding = XorFormat.ENCODING;
      int length = snapshot.openLength;
      copy = Arrays.copyOf(open.buffer(length), length);
      XorChunk.finish(copy, length, snapshot.openBits, snapshot.openSamples);
    }
    if (isWhole(snapshot.openMinTime, snapshot.lastTime, deleted)) {
      add(snapshot.openMinTime, snapshot.lastTime, encoding, MemorySegment.ofArray(copy));
    } else {
      clipped.clip(encoding, copy, snapshot.openSamples, start, end, deleted, this::add);
    }
  }

  private boolean isWhole(long min, long max, Intervals deleted) {
    return min >= start && max <= end && !deleted.overlaps(min, max);
  }

  private void add(long min, long max, int encoding, MemorySegment bytes) {
    if (count == data.length) {
      minTimes = Arrays.copyOf(minTimes, count * 2);
      maxTimes = Arrays.copyOf(maxTimes, count * 2);
      encodings = Arrays.copyOf(encodings, count * 2);
      data = Arrays.copyOf(data, count * 2);
    }
    minTimes[count] = min;
    maxTimes[count] = max;
    encodings[count] = encoding;
    data[count++] = bytes;
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
    return count;
  }

  @Override
  public long minTime(int chunk) {
    return minTimes[chunk];
  }

  @Override
  public long maxTime(int chunk) {
    return maxTimes[chunk];
  }

  @Override
  public int encoding(int chunk) {
    return encodings[chunk];
  }

  @Override
  public MemorySegment data(int chunk) {
    return data[chunk];
  }

  @Override
  public void close() {
    release.run();
  }
}
