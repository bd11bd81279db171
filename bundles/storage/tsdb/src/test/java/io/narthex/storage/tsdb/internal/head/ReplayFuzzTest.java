package io.narthex.storage.tsdb.internal.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.Exemplar;
import io.narthex.model.Labels;
import io.narthex.model.MetricMetadata;
import io.narthex.model.MetricType;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import io.narthex.storage.tsdb.internal.record.ExemplarRecords;
import io.narthex.storage.tsdb.internal.record.HistogramRecords;
import io.narthex.storage.tsdb.internal.record.MalformedRecordException;
import io.narthex.storage.tsdb.internal.record.MetadataRecords;
import io.narthex.storage.tsdb.internal.record.RecordType;
import io.narthex.storage.tsdb.internal.record.SampleRecords;
import io.narthex.storage.tsdb.internal.record.WriteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged records are refused, or give something, but nothing else comes of them. */
class ReplayFuzzTest {

  private static final int ROUNDS = Integer.getInteger("narthex.stress.fuzz", 60_000);

  private static byte[] bytes(WriteBuffer b) {
    return Arrays.copyOf(b.array(), b.length());
  }

  private static List<byte[]> seeds() {
    List<byte[]> out = new ArrayList<>();
    WriteBuffer b = new WriteBuffer(64);
    b.put(RecordType.SERIES);
    for (int i = 1; i < 4; i++) {
      b.putLong(i);
      b.putUvarint(2);
      b.putString("__name__");
      b.putString("m" + i);
      b.putString("job");
      b.putString("x");
    }
    out.add(bytes(b));
    b.clear();
    SampleRecords.begin(b, 1, 1000);
    for (int i = 1; i < 4; i++) {
      SampleRecords.add(b, 1, 1000, i, 1000 + i, i);
    }
    out.add(bytes(b));
    byte[] v2 = new byte[] {RecordType.SAMPLES_V2, 2, 20, 0, 1, 2, 3, 4, 5, 6, 7, 8, 2, 2, 1};
    out.add(Arrays.copyOf(v2, v2.length + 8));
    b.clear();
    b.put(RecordType.TOMBSTONES);
    b.putLong(1);
    b.putVarint(1);
    b.putVarint(5);
    out.add(bytes(b));
    b.clear();
    ExemplarRecords.begin(b, 1, 1000);
    ExemplarRecords.add(b, 1, 1000, 1, new Exemplar(Labels.of("t", "1"), 1, 1001, true));
    out.add(bytes(b));
    b.clear();
    MetadataRecords.begin(b);
    MetadataRecords.add(b, 1, new MetricMetadata(MetricType.GAUGE, "s", "help"));
    out.add(bytes(b));
    Histogram h =
        new Histogram(
            CounterResetHint.UNKNOWN,
            0,
            0.1,
            1,
            7,
            3,
            new int[] {0, 2, 3, 1},
            new int[] {1, 1},
            new long[] {1, 1, -1},
            new long[] {2},
            new double[0]);
    b.clear();
    HistogramRecords.begin(b, RecordType.HISTOGRAMS, 2, 2000);
    HistogramRecords.add(b, 0, 0, h);
    HistogramRecords.add(b, 0, 1, h);
    out.add(bytes(b));
    b.clear();
    HistogramRecords.begin(b, RecordType.FLOAT_HISTOGRAMS, 3, 2000);
    HistogramRecords.add(b, 0, 0, h.toFloat());
    out.add(bytes(b));
    return out;
  }

  private static byte[] mutate(byte[] seed, Random random) {
    byte[] out = seed.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      out[random.nextInt(out.length)] =
          random.nextInt(3) == 0 ? (byte) 0xFF : (byte) random.nextInt();
    }
    if (random.nextInt(3) == 0) {
      out = Arrays.copyOf(out, random.nextInt(out.length + 20));
    }
    return out;
  }

  @Test
  void survivesDamagedRecords() throws Exception {
    Random random = new Random(11);
    List<byte[]> seeds = seeds();
    Head head = new Head(new HeadOptions(7_200_000, 120, true, 10, Long.MIN_VALUE));
    try (head;
        Replay replay = new Replay(head)) {
      for (byte[] s : seeds) {
        replay.record(s, 0, s.length);
      }
      assertThat(head.seriesCount()).isEqualTo(3);
      int refused = 0;
      for (int i = 0; i < ROUNDS; i++) {
        byte[] record = mutate(seeds.get(random.nextInt(seeds.size())), random);
        try {
          replay.record(record, 0, record.length);
        } catch (MalformedRecordException e) {
          refused++;
        }
      }
      assertThat(refused).isGreaterThan(ROUNDS / 10);
      replay.finish(0);
      assertThat(head.allocated()).isLessThan(200L << 20);
      // Whatever was taken can be read.
      SeriesSnapshot snapshot = new SeriesSnapshot();
      for (int row = 0; row < head.seriesCount(); row++) {
        assertThat(head.labels(row)).isNotNull();
        snapshot.read(head.rows, row);
      }
    }
  }
}
