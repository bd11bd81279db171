package io.narthex.storage.tsdb.internal.compact;

import io.narthex.storage.tsdb.internal.block.SeriesChunks;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Several sources as one, without what was deleted: the series of all in the order of their labels,
 * each with the chunks of all, of which none overlap. A series that one source has, with chunks
 * that can stay, is handed on as it is.
 */
public final class MergedSeriesChunks implements SeriesChunks {

  private static final int NONE = -1;

  private final List<SeriesChunks> sources;
  private final MergedSymbols symbols;

  /** Sources that stand at a series. */
  private final boolean[] live;

  /** Sources that stand at the current series. */
  private final boolean[] current;

  private final SeriesMerge merge = new SeriesMerge();
  private boolean begun;

  /** The source that the current labels are read from. */
  private int first;

  /** The source that has the current chunks, {@link #NONE} if they are in {@link #merged}. */
  private int single;

  private List<SeriesMerge.Chunk> merged = List.of();

  /**
   * @param sources before their first series; they are closed with this
   */
  public MergedSeriesChunks(List<? extends SeriesChunks> sources) {
    this.sources = List.copyOf(sources);
    this.symbols = new MergedSymbols(this.sources);
    live = new boolean[sources.size()];
    current = new boolean[sources.size()];
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
    do {
      if (!advance()) {
        return false;
      }
    } while (!readChunks());
    return true;
  }

  /** Goes to the next labels. */
  private boolean advance() throws IOException {
    first = NONE;
    for (int i = 0; i < live.length; i++) {
      if (!begun || current[i]) {
        live[i] = sources.get(i).next();
      }
      current[i] = live[i];
    }
    begun = true;
    for (int i = 0; i < live.length; i++) {
      if (!live[i]) {
        continue;
      }
      int c = first == NONE ? -1 : compare(i, first);
      if (c < 0) {
        for (int k = 0; k < i; k++) {
          current[k] = false;
        }
        first = i;
      } else if (c > 0) {
        current[i] = false;
      }
    }
    return first != NONE;
  }

  private int compare(int a, int b) {
    SeriesChunks x = sources.get(a);
    SeriesChunks y = sources.get(b);
    int[] mapX = symbols.of(a);
    int[] mapY = symbols.of(b);
    int n = Math.min(x.labelCount(), y.labelCount());
    for (int i = 0; i < n; i++) {
      int c = Integer.compare(mapX[x.nameSymbol(i)], mapY[y.nameSymbol(i)]);
      if (c == 0) {
        c = Integer.compare(mapX[x.valueSymbol(i)], mapY[y.valueSymbol(i)]);
      }
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(x.labelCount(), y.labelCount());
  }

  /** Settles the chunks of the current series; false if there are none. */
  private boolean readChunks() throws IOException {
    single = first;
    for (int i = first + 1; i < current.length; i++) {
      if (current[i]) {
        single = NONE;
      }
    }
    if (single != NONE && isPlain(sources.get(single))) {
      return sources.get(single).chunkCount() > 0;
    }
    single = NONE;
    merge.clear();
    for (int i = first; i < current.length; i++) {
      if (current[i]) {
        merge.add(sources.get(i));
      }
    }
    merged = merge.merge();
    return !merged.isEmpty();
  }

  /** Whether nothing is deleted and no chunks overlap. */
  private static boolean isPlain(SeriesChunks source) {
    int n = source.chunkCount();
    for (int i = 1; i < n; i++) {
      if (source.minTime(i) <= source.maxTime(i - 1)) {
        return false;
      }
    }
    return n == 0
        || source.deleted().isEmpty()
        || !source.deleted().overlaps(source.minTime(0), source.maxTime(n - 1));
  }

  @Override
  public int labelCount() {
    return sources.get(first).labelCount();
  }

  @Override
  public int nameSymbol(int i) {
    return symbols.of(first)[sources.get(first).nameSymbol(i)];
  }

  @Override
  public int valueSymbol(int i) {
    return symbols.of(first)[sources.get(first).valueSymbol(i)];
  }

  @Override
  public int chunkCount() {
    return single == NONE ? merged.size() : sources.get(single).chunkCount();
  }

  @Override
  public long minTime(int chunk) {
    return single == NONE ? merged.get(chunk).minTime() : sources.get(single).minTime(chunk);
  }

  @Override
  public long maxTime(int chunk) {
    return single == NONE ? merged.get(chunk).maxTime() : sources.get(single).maxTime(chunk);
  }

  @Override
  public int encoding(int chunk) throws IOException {
    return single == NONE ? merged.get(chunk).encoding() : sources.get(single).encoding(chunk);
  }

  @Override
  public MemorySegment data(int chunk) throws IOException {
    return single == NONE ? merged.get(chunk).data() : sources.get(single).data(chunk);
  }

  @Override
  public void close() {
    sources.forEach(SeriesChunks::close);
  }
}
