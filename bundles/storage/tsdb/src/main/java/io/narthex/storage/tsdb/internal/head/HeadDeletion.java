package io.narthex.storage.tsdb.internal.head;

import io.narthex.api.storage.StorageException;
import io.narthex.model.LabelMatcher;
import io.narthex.storage.tsdb.internal.record.TombstoneRecords;
import io.narthex.storage.tsdb.internal.record.WriteBuffer;
import java.util.List;

/**
 * Deletes samples of the head: notes time ranges by series, in the log and in memory, which readers
 * leave out from then on. The samples go when their range becomes a block. Series must not be
 * collected meanwhile.
 */
final class HeadDeletion {

  /** Bytes of one record. */
  private static final int RECORD = 1 << 18;

  private final Head head;
  private final Commits commits;
  private final WriteBuffer record = new WriteBuffer(4096);
  private final SeriesSnapshot snapshot = new SeriesSnapshot();

  HeadDeletion(Head head, Commits commits) {
    this.head = head;
    this.commits = commits;
  }

  /**
   * Deletes the samples that are there from {@code start} to {@code end}, both included; not those
   * that come later.
   *
   * @return how many series have lost samples
   */
  int delete(long start, long end, List<LabelMatcher> matchers) throws StorageException {
    RowList rows = new Selection(head.index, head.rows.bound()).select(matchers);
    long[] from = new long[rows.size];
    long[] to = new long[rows.size];
    int count = 0;
    for (int i = 0; i < rows.size; i++) {
      snapshot.read(head.rows, rows.rows[i]);
      from[i] = Math.max(start, oldest());
      to[i] =
          snapshot.kind == SeriesRows.NO_SAMPLE ? Long.MIN_VALUE : Math.min(end, snapshot.lastTime);
      if (from[i] <= to[i]) {
        TombstoneRecords.encode(record, head.rows.ref(rows.rows[i]), from[i], to[i]);
        count++;
        writeRecord(RECORD);
      }
    }
    writeRecord(1);
    for (int i = 0; i < rows.size; i++) {
      if (from[i] <= to[i]) {
        head.tombstones.add(rows.rows[i], from[i], to[i]);
      }
    }
    return count;
  }

  private void writeRecord(int least) throws StorageException {
    if (record.length() >= least) {
      commits.log(record);
      record.clear();
    }
  }

  /** The time of the series' oldest sample. */
  private long oldest() {
    long oldest = snapshot.hasOpen ? snapshot.openMinTime : Long.MAX_VALUE;
    for (int place = snapshot.closed; place != 0; place = head.chunks.before(place)) {
      oldest = head.chunks.minTime(place);
    }
    return oldest;
  }
}
