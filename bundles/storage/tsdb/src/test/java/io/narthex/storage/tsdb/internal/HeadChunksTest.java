package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.SampleBatch;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.storage.tsdb.internal.TsdbTestKit.Sample;
import io.narthex.storage.tsdb.internal.block.SeriesChunks;
import io.narthex.storage.tsdb.internal.chunk.HistogramReader;
import io.narthex.storage.tsdb.internal.chunk.XorFormat;
import io.narthex.storage.tsdb.internal.chunk.XorReader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What blocks are written from, against maps. */
class HeadChunksTest {

  private static final long T = 1_699_999_200_000L;

  @TempDir Path dir;

  /** By series: the value's bits by time; those of a histogram are its sum's. */
  private final NavigableMap<Labels, NavigableMap<Long, Long>> model = new TreeMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void hasWhatWasAppended(long seed) throws IOException {
    Random random = new Random(seed);
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      assertThat(read(db, Long.MIN_VALUE / 2, Long.MAX_VALUE / 2)).isEmpty();
      List<Labels> series = series(random);
      long t = T;
      for (int round = 0; round < 150; round++) {
        t += 60_000 + random.nextInt(30_000);
        append(db, series, t, random);
        if (round % 30 == 29) {
          check(db, Long.MIN_VALUE / 2, Long.MAX_VALUE / 2);
          check(db, T, T + 7_200_000);
          for (int i = 0; i < 5; i++) {
            long from = T + (long) (random.nextDouble() * (t - T));
            check(db, from, from + 1 + random.nextInt(8_000_000));
          }
        }
      }
    }
  }

  private static List<Labels> series(Random random) {
    List<Labels> out = new ArrayList<>();
    String[] names = {"__name__", "job", "é", "zone", "z"};
    // "zone" and "z" are values, too: they must be one symbol.
    String[] values = {"a", "ab", "zone", "", "ü", "z", "\uD83D\uDE00", "\uFFFD", "9"};
    for (int i = 0; i < 60; i++) {
      LabelsBuilder b = new LabelsBuilder().set("n", "" + i);
      for (String name : names) {
        b.set(name, values[random.nextInt(values.length)]);
      }
      out.add(b.build());
    }
    return out;
  }

  private void append(TsdbDatabase db, List<Labels> series, long t, Random random)
      throws IOException {
    Appender a = db.appender();
    for (int s = 0; s < series.size(); s++) {
      if (random.nextInt(4) == 0) {
        continue;
      }
      long ref = a.series(series.get(s));
      double v = random.nextInt(3) == 0 ? random.nextDouble() : random.nextInt(100);
      // Some series are of histograms, one now and then of either.
      boolean histogram = s % 6 == 1 || (s == 2 && random.nextInt(20) == 0);
      if (histogram) {
        long n = random.nextInt(50);
        Histogram h =
            new Histogram(
                s % 12 == 1 ? CounterResetHint.GAUGE : CounterResetHint.UNKNOWN,
                1,
                0.001,
                n,
                n + 3,
                v,
                new int[] {random.nextInt(3), 2},
                new int[0],
                new long[] {1, 1},
                new long[0],
                new double[0]);
        if (s % 18 == 1) {
          a.append(ref, t, h.toFloat());
        } else {
          a.append(ref, t, h);
        }
      } else {
        a.append(ref, t, v);
      }
      model
          .computeIfAbsent(series.get(s), k -> new TreeMap<>())
          .put(t, Double.doubleToRawLongBits(v));
    }
    a.commit();
  }

  private void check(TsdbDatabase db, long from, long to) throws IOException {
    Map<Labels, List<Sample>> wanted = new LinkedHashMap<>();
    model.forEach((labels, samples) -> {
      List<Sample> in = new ArrayList<>();
      samples.subMap(from, true, to, false).forEach((t, bits) -> in.add(new Sample(t, bits)));
      if (!in.isEmpty()) {
        wanted.put(labels, in);
      }
    });
    Map<Labels, List<Sample>> got = read(db, from, to);
    assertThat(got).isEqualTo(wanted);
    assertThat(got.keySet()).containsExactlyElementsOf(wanted.keySet());
  }

  static Map<Labels, List<Sample>> read(TsdbDatabase db, long from, long to) throws IOException {
    Map<Labels, List<Sample>> out = new LinkedHashMap<>();
    try (SeriesChunks chunks = db.headChunks(from, to)) {
      List<String> symbols = symbols(chunks);
      while (chunks.next()) {
        LabelsBuilder labels = new LabelsBuilder();
        for (int i = 0; i < chunks.labelCount(); i++) {
          labels.set(symbols.get(chunks.nameSymbol(i)), symbols.get(chunks.valueSymbol(i)));
        }
        assertThat(chunks.chunkCount()).isPositive();
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < chunks.chunkCount(); i++) {
          List<Sample> chunk = decode(chunks.encoding(i), chunks.data(i));
          assertThat(chunk.getFirst().t())
              .isEqualTo(chunks.minTime(i))
              .isGreaterThanOrEqualTo(from);
          assertThat(chunk.getLast().t()).isEqualTo(chunks.maxTime(i)).isLessThan(to);
          samples.addAll(chunk);
        }
        assertThat(samples).isSortedAccordingTo((a, b) -> Long.compare(a.t(), b.t()));
        assertThat(out.put(labels.build(), samples)).isNull();
      }
      assertThat(chunks.next()).isFalse();
    }
    return out;
  }

  private static List<String> symbols(SeriesChunks chunks) {
    List<String> out = new ArrayList<>();
    byte[] before = null;
    for (int i = 0; i < chunks.symbolCount(); i++) {
      byte[] utf8 = chunks.symbol(i).toArray(ValueLayout.JAVA_BYTE);
      if (before != null) {
        assertThat(Arrays.compareUnsigned(before, utf8)).isNegative();
      }
      before = utf8;
      out.add(new String(utf8, StandardCharsets.UTF_8));
    }
    return out;
  }

  /** The samples of a chunk as it would be read from a block. */
  private static List<Sample> decode(int encoding, MemorySegment data) {
    byte[] bytes = data.toArray(ValueLayout.JAVA_BYTE);
    int count = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
    List<Sample> out = new ArrayList<>();
    if (encoding == XorFormat.ENCODING) {
      XorReader reader = new XorReader();
      System.arraycopy(bytes, 0, reader.buffer(bytes.length), 0, bytes.length);
      reader.reset(bytes.length, count);
      SampleBatch batch = new SampleBatch();
      while (reader.hasRemaining()) {
        batch.clear();
        reader.read(batch);
        for (int i = 0; i < batch.size; i++) {
          out.add(Sample.of(batch.timestamps[i], batch.values[i]));
        }
      }
      return out;
    }
    HistogramReader reader = new HistogramReader(encoding, bytes, bytes.length, count);
    for (int i = 0; i < count; i++) {
      double sum;
      if (reader.isFloat()) {
        FloatHistogram h = reader.nextFloat();
        sum = h.sum();
      } else {
        sum = reader.next().sum();
      }
      out.add(Sample.of(reader.time(), sum));
    }
    return out;
  }

  @Test
  void waitsForAppendersOfTheRange() throws Exception {
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      TsdbTestKit.append(db, Labels.of("a", "b"), T, 1);
      Appender old = db.appender();
      old.append(old.series(Labels.of("a", "old")), T + 1, 2);
      TsdbTestKit.append(db, Labels.of("a", "b"), T + 20_000_000, 1);
      CountDownLatch began = new CountDownLatch(1);
      CountDownLatch done = new CountDownLatch(1);
      Thread waiter =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  began.countDown();
                  db.awaitAppendersBefore(T + 7_200_000);
                  done.countDown();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      assertThat(began.await(60, TimeUnit.SECONDS)).isTrue();
      // One that takes newer samples only is not waited for.
      Appender young = db.appender();
      young.append(young.series(Labels.of("a", "young")), T + 20_000_001, 2);
      assertThat(done.getCount()).isEqualTo(1);
      old.commit();
      assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
      waiter.join(60_000);
      young.commit();
      assertThat(read(db, T, T + 7_200_000)).hasSize(2);
    }
  }
}
