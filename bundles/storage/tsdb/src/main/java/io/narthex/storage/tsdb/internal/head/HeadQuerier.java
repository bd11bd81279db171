package io.narthex.storage.tsdb.internal.head;

import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.SeriesSet;
import io.narthex.model.LabelMatcher;
import io.narthex.storage.tsdb.internal.ooo.OutOfOrderSeries;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A view on the head as it was when the querier was made. */
final class HeadQuerier implements Querier {

  private final Head head;
  private final List<String> warnings;
  private final Runnable release;
  private final long minTime;
  private final long inOrderFrom;
  private final long maxTime;
  private final long commit;

  /** Rows from it on were made later. */
  private final int bound;

  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param inOrderFrom in-order samples before are not read, as they are being dropped
   * @param release run when it is closed
   */
  HeadQuerier(
      Head head,
      long minTime,
      long inOrderFrom,
      long maxTime,
      long commit,
      int bound,
      List<String> warnings,
      Runnable release) {
    this.head = head;
    this.minTime = minTime;
    this.inOrderFrom = inOrderFrom;
    this.maxTime = maxTime;
    this.commit = commit;
    this.bound = bound;
    this.warnings = warnings;
    this.release = release;
  }

  @Override
  public SeriesSet select(SelectHints hints, List<LabelMatcher> matchers) {
    checkOpen();
    long start = Math.max(minTime, hints.start());
    long end = Math.min(maxTime, hints.end());
    RowList rows = within(new Selection(head.index, bound).select(matchers), start, end);
    int[] order = hints.sorted() ? new RowSorter(head.index::compare).sort(rows) : rows.rows;
    int n = hints.limit() > 0 ? Math.min(hints.limit(), rows.size) : rows.size;
    return new HeadSeriesSet(head, order, n, start, inOrderFrom, end, commit, warnings);
  }

  /** The series that have a chunk in the time range. */
  private RowList within(RowList rows, long start, long end) {
    if (start > end) {
      return RowList.EMPTY;
    }
    int[] out = new int[rows.size];
    int n = 0;
    SeriesSnapshot snapshot = new SeriesSnapshot();
    for (int i = 0; i < rows.size; i++) {
      int row = rows.rows[i];
      snapshot.read(head.rows, row);
      long visible = head.isolation.visibleUntil(row, commit);
      // One that was added to for the first time since has nothing visible.
      if ((visible != Long.MIN_VALUE
              && visible >= start
              && snapshot.overlaps(
                  head.chunks, Math.max(start, inOrderFrom), Math.min(end, visible)))
          || hasLate(row, start, end)) {
        out[n++] = row;
      }
    }
    return new RowList(out, n);
  }

  private boolean hasLate(int row, long start, long end) {
    OutOfOrderSeries late = head.outOfOrder.find(row);
    return late != null && late.overlaps(start, end);
  }

  /** Whether the head has no sample in the querier's time range. */
  private boolean isOutside() {
    return (maxTime < head.minTime() || minTime > head.maxTime())
        && (maxTime < head.outOfOrder.minTime() || minTime > head.outOfOrder.maxTime());
  }

  @Override
  public LabelResult labelValues(String name, int limit, List<LabelMatcher> matchers) {
    checkOpen();
    LabelName label = head.index.names.find(name);
    if (label == null || isOutside()) {
      return new LabelResult(List.of(), warnings);
    }
    List<String> values = new ArrayList<>();
    if (matchers.isEmpty()) {
      RowList pairs = label.pairs();
      for (int i = 0; i < pairs.size; i++) {
        if (head.index.postings.hasBelow(pairs.rows[i], bound)) {
          values.add(head.index.value(pairs.rows[i]));
        }
      }
    } else {
      RowList rows = new Selection(head.index, bound).select(matchers);
      BitSet seen = new BitSet();
      for (int i = 0; i < rows.size; i++) {
        int pair = head.index.pairOf(rows.rows[i], label.index);
        if (pair >= 0 && !seen.get(pair)) {
          seen.set(pair);
          values.add(head.index.value(pair));
        }
      }
    }
    return sorted(values, limit);
  }

  @Override
  public LabelResult labelNames(int limit, List<LabelMatcher> matchers) {
    checkOpen();
    if (isOutside()) {
      return new LabelResult(List.of(), warnings);
    }
    BitSet seen = new BitSet();
    if (matchers.isEmpty()) {
      for (int i = 0; i < head.index.names.count(); i++) {
        LabelName name = head.index.names.get(i);
        RowList pairs = name.pairs();
        if (pairs.size > 0 && head.index.postings.hasBelow(pairs.rows[0], bound)) {
          seen.set(i);
        }
      }
    } else {
      RowList rows = new Selection(head.index, bound).select(matchers);
      for (int i = 0; i < rows.size; i++) {
        int row = rows.rows[i];
        for (int k = 0; k < head.index.labelCount(row); k++) {
          seen.set(head.index.pairs.name(head.index.pair(row, k)));
        }
      }
    }
    List<String> names = new ArrayList<>();
    seen.stream().forEach(i -> names.add(head.index.names.get(i).text));
    return sorted(names, limit);
  }

  private LabelResult sorted(List<String> values, int limit) {
    values.sort(io.narthex.model.Utf8Order::compare);
    int n = limit > 0 ? Math.min(limit, values.size()) : values.size();
    return new LabelResult(values.subList(0, n), warnings);
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new IllegalStateException("querier closed");
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      head.isolation.close(commit);
      release.run();
    }
  }
}
