package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.Storage;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.wal.WalCompression;
import io.narthex.storage.tsdb.internal.wal.WalFormat;
import io.narthex.storage.tsdb.internal.wal.WalMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Opens databases and reads all of what they have. */
final class TsdbTestKit {

  private TsdbTestKit() {}

  /** A sample; values are compared by their bits. */
  record Sample(long t, long bits) {
    static Sample of(long t, double v) {
      return new Sample(t, Double.doubleToRawLongBits(v));
    }

    @Override
    public String toString() {
      return Double.longBitsToDouble(bits) + "@" + t;
    }
  }

  static TsdbOptions options(Path dir) {
    return new TsdbOptions(
        dir,
        WalFormat.DEFAULT_SEGMENT_SIZE,
        WalCompression.SNAPPY,
        true,
        2 * 60 * 60 * 1000L,
        120,
        false,
        0);
  }

  static TsdbDatabase open(Path dir) throws IOException {
    return open(options(dir));
  }

  static TsdbDatabase open(TsdbOptions options) throws IOException {
    return open(options, Disk.SYSTEM);
  }

  static TsdbDatabase open(TsdbOptions options, Disk disk) throws IOException {
    return TsdbDatabase.open(options, disk, WalMetrics.NONE, p -> {}, () -> false);
  }

  static void append(Storage db, Labels labels, long t, double v) throws IOException {
    Appender a = db.appender();
    assertThat(a.append(a.series(labels), t, v)).isEqualTo(Outcome.STORED);
    a.commit();
  }

  static Map<Labels, List<Sample>> select(Storage db, long from, long to, LabelMatcher... matchers)
      throws IOException {
    try (Querier q = db.querier(from, to)) {
      return read(q.select(SelectHints.samples(from, to, true), List.of(matchers)));
    }
  }

  static Map<Labels, List<Sample>> all(Storage db) throws IOException {
    return select(db, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  static Map<Labels, List<Sample>> read(SeriesSet set) throws IOException {
    Map<Labels, List<Sample>> out = new LinkedHashMap<>();
    SampleBatch batch = new SampleBatch();
    SampleCursor cursor = null;
    while (set.next()) {
      cursor = set.current().cursor(cursor);
      List<Sample> samples = new ArrayList<>();
      while (cursor.next(batch)) {
        for (int i = 0; i < batch.size; i++) {
          samples.add(Sample.of(batch.timestamps[i], batch.values[i]));
        }
      }
      out.put(set.current().labels(), samples);
    }
    return out;
  }
}
