package io.narthex.storage.tsdb.internal.head;

import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.chunk.HistogramMerge;
import io.narthex.storage.tsdb.internal.ooo.OutOfOrder;
import io.narthex.storage.tsdb.internal.record.WriteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The part of the database that is in memory: series, their index and their chunks.
 *
 * <p>Three locks, never nested in another order than this: the commits' lock serializes writes to
 * the log; {@link #applyLock} serializes what changes samples, and the beginning of readers; {@link
 * #seriesLock} serializes the making of series. Readers and look-ups take none of them.
 */
public final class Head implements AutoCloseable {

  final HeadOptions options;
  final SeriesRows rows = new SeriesRows();
  final SeriesIndex index = new SeriesIndex(rows);
  final ChunkMemory chunks = new ChunkMemory();
  final Isolation isolation = new Isolation();
  final Tombstones tombstones = new Tombstones();
  final ReentrantLock applyLock = new ReentrantLock();
  final ReentrantLock seriesLock = new ReentrantLock();
  private final HeadCounters counters = new HeadCounters();
  private final FloatWriter floats;
  final HistogramWriter histograms;
  final ExemplarRing exemplars;
  final MetadataColumn metadata = new MetadataColumn();
  final OutOfOrder outOfOrder = new OutOfOrder();
  final Ingestion ingestion = new Ingestion();

  /** Who reads, and who appends. */
  final Epochs readers = new Epochs();

  final Epochs appenders = new Epochs();
  final Unlogged unlogged = new Unlogged();
  final Limbo limbo = new Limbo(this);
  final ExpiredSeries expired = new ExpiredSeries();

  /** The time that the first sample of an empty head brought, {@link Long#MIN_VALUE} before. */
  private final AtomicLong firstTime = new AtomicLong(Long.MIN_VALUE);

  /** No sample before is taken: the end of the newest block, or what the head was truncated at. */
  private volatile long minValid;

  /** The time that the head was last truncated at: readers see nothing before. */
  private volatile long truncated = Long.MIN_VALUE;

  private volatile long minTime = Long.MAX_VALUE;
  private volatile long maxTime = Long.MIN_VALUE;
  private volatile long maxRef;

  public Head(HeadOptions options) {
    this.options = options;
    ChunkCuts cuts = new ChunkCuts(options.chunkRange(), options.samplesPerChunk());
    floats = new FloatWriter(rows, chunks, cuts);
    histograms = new HistogramWriter(rows, chunks, cuts);
    exemplars = new ExemplarRing(options.maxExemplars());
    minValid = options.newestBlockEnd();
  }

  public HeadCounters counters() {
    return counters;
  }

  /**
   * The row of the series with these labels, which is made if it is new; if it may not be made, the
   * complement of the {@link Ingestion.Refusal}'s ordinal.
   */
  int seriesRow(LabelBytes labels) {
    int row = index.find(labels, true);
    if (row >= 0 && rows.marked(row) > 0) {
      labels.keep();
      return row;
    }
    if (!limbo.isEmpty()) {
      limbo.reclaim();
    }
    seriesLock.lock();
    try {
      row = index.find(labels, false);
      if (row < 0) {
        Ingestion.Refusal refusal = ingestion.refuse(this, labels);
        if (refusal != null) {
          return ~refusal.ordinal();
        }
        row = create(labels, maxRef + 1);
        unlogged.add(row);
      } else if (rows.isDoomed(row)) {
        rows.doom(row, false);
      }
      labels.keep();
      return row;
    } finally {
      seriesLock.unlock();
    }
  }

  /** The row of the series that a handle names, -1 if it is not there any more. */
  int row(long handle) {
    int row = rows.rowOf(handle);
    if (row < 0) {
      return -1;
    }
    long ref = rows.marked(row);
    if (ref > 0) {
      return SeriesRows.handle(ref, row) == handle ? row : -1;
    }
    return ref != 0 && keep(row, handle) ? row : -1;
  }

  /** Lets a series that was about to be removed stay, if it is still there. */
  private boolean keep(int row, long handle) {
    seriesLock.lock();
    try {
      if (rows.ref(row) == 0 || SeriesRows.handle(rows.ref(row), row) != handle) {
        return false;
      }
      rows.doom(row, false);
      return true;
    } finally {
      seriesLock.unlock();
    }
  }

  /** Makes a series that is not there; under the series lock, or while nobody else has the head. */
  int create(LabelBytes labels, long ref) {
    int row = index.add(labels, ref);
    if (ref > maxRef) {
      maxRef = ref;
    }
    counters.seriesCreated.increment();
    return row;
  }

  /** Makes sure that no new series gets this reference, which the log has used. */
  void reserveRef(long ref) {
    if (ref > maxRef) {
      maxRef = ref;
    }
  }

  /** Writes the reference and labels of a series as the log has them. */
  void encodeSeries(int row, WriteBuffer out) {
    out.putLong(rows.ref(row));
    int n = index.labelCount(row);
    out.putUvarint(n);
    for (int i = 0; i < n; i++) {
      int pair = index.pair(row, i);
      byte[] name = index.names.get(index.pairs.name(pair)).utf8;
      out.putBytes(name, 0, name.length);
      int symbol = index.pairs.symbol(pair);
      int length = index.symbols.length(symbol);
      out.putUvarint(length);
      int at = out.reserve(length);
      int end = index.symbols.copy(symbol, out.array(), at);
      assert end == at + length;
    }
  }

  /** The head's newest time for an appender whose first sample is of time {@code t}. */
  long newestFor(long t) {
    long newest = maxTime;
    if (newest == Long.MIN_VALUE) {
      firstTime.compareAndSet(Long.MIN_VALUE, t);
      newest = firstTime.get();
    }
    return newest;
  }

  /** The oldest time that is in order for an appender to which this is the newest one. */
  long oldestValid(long newest) {
    return Math.max(newest - options.chunkRange() / 2, minValid);
  }

  /** The oldest time that an appender which begins now may take. */
  long appendableFrom() {
    long newest = maxTime;
    return newest == Long.MIN_VALUE
        ? minValid
        : Math.max(newest - options.chunkRange() / 2, minValid);
  }

  /** Samples before are in blocks, and not taken. */
  long minValid() {
    return minValid;
  }

  /** Lets readers and appenders that come from now on keep off what is older than a time. */
  void beginTruncation(long time) {
    applyLock.lock();
    try {
      truncated = time;
      minValid = Math.max(minValid, time);
      minTime = Math.max(minTime, time);
      maxTime = Math.max(maxTime, time);
    } finally {
      applyLock.unlock();
    }
  }

  /** Moves the head's beginning forward; under the apply lock. */
  void setMinTime(long time) {
    if (maxTime != Long.MIN_VALUE && time > minTime) {
      minTime = time;
    }
  }

  long truncated() {
    return truncated;
  }

  /**
   * Adds a float sample if it is newer than the newest one; under the apply lock.
   *
   * @return whether it is there now: an equal one that is there counts
   */
  boolean applyFloat(int row, long t, long bits, boolean track) {
    long last = rows.lastTime(row);
    if (t <= last) {
      return t == last && rows.kind(row) == SeriesRows.FLOAT && rows.lastValue(row) == bits;
    }
    if (track) {
      isolation.beforeAppend(row, last);
    }
    if (rows.kind(row) >= SeriesRows.HISTOGRAM) {
      histograms.close(row);
    }
    if (floats.append(row, t, bits)) {
      counters.chunksCreated.increment();
    }
    return true;
  }

  /** As {@link #applyFloat} for a Histogram or a FloatHistogram. */
  boolean applyHistogram(int row, long t, Object histogram, boolean track) {
    long last = rows.lastTime(row);
    if (t <= last) {
      Object there = histograms.last(row);
      return t == last && there != null && HistogramMerge.isSame(there, histogram);
    }
    if (track) {
      isolation.beforeAppend(row, last);
    }
    if (rows.kind(row) == SeriesRows.FLOAT) {
      floats.close(row);
    }
    if (histograms.append(row, t, histogram)) {
      counters.chunksCreated.increment();
    }
    return true;
  }

  /** Series whose newest sample is a native histogram. */
  public int histogramSeries() {
    return histograms.open.count();
  }

  /** Widens the head's time range; under the apply lock. */
  void extend(long from, long to) {
    if (from < minTime) {
      minTime = from;
    }
    if (to > maxTime) {
      maxTime = to;
    }
  }

  /** Time of the oldest sample, {@link Long#MAX_VALUE} while empty. */
  public long minTime() {
    return minTime;
  }

  /** Time of the newest sample, {@link Long#MIN_VALUE} while empty. */
  public long maxTime() {
    return maxTime;
  }

  public int seriesCount() {
    return rows.count();
  }

  /** Complete chunks and open ones. */
  public long chunkCount() {
    return counters.chunksCreated.sum() - counters.chunksRemoved.sum();
  }

  public long chunkBytes() {
    return chunks.closedBytes();
  }

  public long symbolBytes() {
    return index.symbols.size();
  }

  public long lowWatermark() {
    return isolation.lowWatermark();
  }

  public long highWatermark() {
    return isolation.highWatermark();
  }

  /** Bytes outside the heap, and in its large tables. */
  public long allocated() {
    return rows.allocated() + index.allocated() + chunks.allocated();
  }

  public Labels labels(int row) {
    return index.labels(row, null);
  }

  /** What is taken now. */
  public Ingestion ingestion() {
    return ingestion;
  }

  public OutOfOrder outOfOrder() {
    return outOfOrder;
  }

  /** Series that are gone, though the log may have samples of them. */
  public ExpiredSeries expired() {
    return expired;
  }

  /** The references of all series, ascending. */
  public long[] references() {
    int bound = rows.bound();
    long[] out = new long[bound];
    int n = 0;
    for (int row = 0; row < bound; row++) {
      long ref = rows.ref(row);
      if (ref != 0) {
        out[n++] = ref;
      }
    }
    out = Arrays.copyOf(out, n);
    Arrays.sort(out);
    return out;
  }

  public ExemplarRing exemplars() {
    return exemplars;
  }

  @Override
  public void close() {
    rows.close();
    index.close();
    chunks.close();
  }
}
