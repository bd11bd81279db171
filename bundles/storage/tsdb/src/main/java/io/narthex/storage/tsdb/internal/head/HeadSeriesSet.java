package io.narthex.storage.tsdb.internal.head;

import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.Series;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.StorageException;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.ooo.OutOfOrderSeries;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The series of a selection of the head. */
final class HeadSeriesSet implements SeriesSet {

  private final Head head;
  private final int[] rows;
  private final int size;
  private final long start;
  private final long inOrderFrom;
  private final long end;
  private final long commit;
  private final List<String> warnings;
  private final SymbolCache cache = new SymbolCache();
  private int at = -1;

  HeadSeriesSet(
      Head head,
      int[] rows,
      int size,
      long start,
      long inOrderFrom,
      long end,
      long commit,
      List<String> warnings) {
    this.head = head;
    this.rows = rows;
    this.size = size;
    this.start = start;
    this.inOrderFrom = inOrderFrom;
    this.end = end;
    this.commit = commit;
    this.warnings = warnings;
  }

  @Override
  public boolean next() {
    if (at + 1 >= size) {
      return false;
    }
    at++;
    return true;
  }

  @Override
  public Series current() {
    return new HeadSeries(rows[at], head.index.labels(rows[at], cache));
  }

  @Override
  public int sizeHint() {
    return size;
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  /** One series of the head within the selection's time range. */
  private final class HeadSeries implements Series {
    private final int row;
    private final Labels labels;

    HeadSeries(int row, Labels labels) {
      this.row = row;
      this.labels = labels;
    }

    @Override
    public Labels labels() {
      return labels;
    }

    @Override
    public SampleCursor cursor(@Nullable SampleCursor reuse) throws StorageException {
      SampleCursor inner = reuse instanceof OutOfOrderCursor o ? o.inner() : reuse;
      HeadCursor cursor = inner instanceof HeadCursor c ? c : new HeadCursor(head.chunks);
      cursor.reset(head, row, Math.max(start, inOrderFrom), end, commit);
      OutOfOrderSeries late = head.outOfOrder.find(row);
      return late == null || !late.overlaps(start, end)
          ? cursor
          : new OutOfOrderCursor(cursor, late, head.tombstones.of(row), start, end, commit);
    }
  }
}
