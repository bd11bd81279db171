package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.model.Exemplar;
import io.narthex.model.Labels;
import io.narthex.model.MetricMetadata;
import io.narthex.model.MetricType;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import io.narthex.storage.tsdb.internal.TsdbTestKit.Sample;
import io.narthex.storage.tsdb.internal.wal.SegmentDirectory;
import io.narthex.storage.tsdb.internal.wal.WalCompression;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log is shortened, and still has what is needed. */
class CheckpointTest {

  private static final long T = 1_699_999_200_000L;
  private static final long MINUTE = 60_000;

  @TempDir Path dir;

  /** Small segments, so that there are many. */
  private TsdbOptions options() {
    TsdbOptions o = TsdbTestKit.options(dir);
    return new TsdbOptions(
        dir, 64 * 1024, WalCompression.SNAPPY, true, o.chunkRange(), 120, true, 1000);
  }

  private static void append(TsdbDatabase db, int from, int to) throws Exception {
    for (int minute = from; minute < to; minute++) {
      long t = T + minute * MINUTE;
      Appender a = db.appender();
      for (int s = 0; s < 40; s++) {
        a.append(a.series(Labels.of("__name__", "steady", "s", "" + s)), t, s * 1.37 * minute);
        long pod = a.series(Labels.of("__name__", "pod", "h", "" + minute / 30, "s", "" + s));
        a.append(pod, t, Math.sin(minute + s));
        a.appendExemplar(pod, new Exemplar(Labels.of("trace", "t" + minute), s, t, true));
      }
      long h = a.series(Labels.of("__name__", "histogram"));
      a.append(h, t, histogram(minute + 1));
      a.append(a.series(Labels.of("__name__", "floats")), t, histogram(minute + 1).toFloat());
      a.updateMetadata(h, new MetricMetadata(MetricType.HISTOGRAM, "s", "from " + minute / 100));
      a.commit();
    }
  }

  private static Histogram histogram(long n) {
    return new Histogram(
        CounterResetHint.UNKNOWN,
        0,
        0.001,
        n,
        3 * n,
        2.5 * n,
        new int[] {0, 2},
        new int[0],
        new long[] {n, 0},
        new long[0],
        new double[0]);
  }

  @Test
  void aCheckpointStandsForWhatIsRemoved() throws Exception {
    Path wal = dir.resolve("wal");
    for (int run = 0; run < 3; run++) {
      Map<Labels, List<Sample>> before;
      long minTime;
      int series;
      try (TsdbDatabase db = TsdbTestKit.open(options())) {
        append(db, run * 400, run * 400 + 400);
        int segments = SegmentDirectory.segments(wal).length;
        long size = SegmentDirectory.size(wal);
        minTime = T + (run * 400 + 300) * MINUTE;
        db.truncateHead(minTime);
        before = TsdbTestKit.all(db);
        series = db.head().seriesCount();
        assertThat(SegmentDirectory.segments(wal).length).isLessThan(segments / 2 + 2);
        assertThat(SegmentDirectory.size(wal)).isLessThan(size);
        assertThat(db.walTruncation().checkpointsCreated.sum()).isEqualTo(1);
        assertThat(db.walTruncation().checkpointsFailed.sum()).isZero();
        try (var entries = Files.list(wal)) {
          assertThat(entries.map(p -> String.valueOf(p.getFileName())))
              .filteredOn(n -> n.startsWith("checkpoint."))
              .hasSize(1)
              .allMatch(n -> n.matches("checkpoint\\.\\d{8}"));
        }
        // Again at the same time: nothing to do.
        db.truncateHead(minTime);
        assertThat(db.walTruncation().checkpointsCreated.sum()).isEqualTo(1);
        // Alive series go on, and new ones come, behind the checkpoint.
        long t = T + (run * 400 + 399) * MINUTE + 1;
        TsdbTestKit.append(db, Labels.of("__name__", "late", "r", "" + run), t, run);
      }
      long from = minTime;
      try (TsdbDatabase db = TsdbTestKit.open(options())) {
        Map<Labels, List<Sample>> after = TsdbTestKit.select(db, from, Long.MAX_VALUE);
        before.forEach((labels, samples) -> {
          List<Sample> wanted = samples.stream().filter(s -> s.t() >= from).toList();
          if (!wanted.isEmpty()) {
            assertThat(after.get(labels)).as("%s", labels).isEqualTo(wanted);
          }
        });
        assertThat(after).containsKey(Labels.of("__name__", "late", "r", "" + run));
        assertThat(db.corruptions()).isZero();
        assertThat(db.unknownReferences()).isZero();
        assertThat(db.head().seriesCount()).isGreaterThanOrEqualTo(series);
        assertThat(db.head().exemplars().count()).isPositive();
      }
    }
  }

  @Test
  void whatIsLeftOfACheckpointIsRemoved() throws Exception {
    Path wal = dir.resolve("wal");
    try (TsdbDatabase db = TsdbTestKit.open(options())) {
      append(db, 0, 10);
    }
    Path tmp = Files.createDirectory(wal.resolve("checkpoint.00000003.tmp"));
    Files.writeString(tmp.resolve("00000000"), "not a segment");
    try (TsdbDatabase db = TsdbTestKit.open(options())) {
      assertThat(tmp).doesNotExist();
      assertThat(Objects.requireNonNull(TsdbTestKit.all(db))).isNotEmpty();
    }
  }
}
