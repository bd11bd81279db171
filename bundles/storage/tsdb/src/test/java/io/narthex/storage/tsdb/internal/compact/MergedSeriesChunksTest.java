package io.narthex.storage.tsdb.internal.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.model.histogram.Histogram;
import io.narthex.storage.tsdb.internal.chunk.HistogramChunk;
import io.narthex.storage.tsdb.internal.chunk.XorFormat;
import io.narthex.storage.tsdb.internal.compact.MemorySeries.Chunk;
import io.narthex.storage.tsdb.internal.compact.MemorySeries.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MergedSeriesChunksTest {

  private static final List<String> A = List.of("__name__", "a");
  private static final List<String> B = List.of("__name__", "b", "job", "x");

  private static List<Sample> floats(int from, int to) {
    List<Sample> out = new ArrayList<>();
    for (int i = from; i < to; i++) {
      out.add(new Sample(i, (double) i));
    }
    return out;
  }

  private static List<Sample> histograms(int from, int to) {
    List<Sample> out = new ArrayList<>();
    for (int i = from; i < to; i++) {
      out.add(new Sample(i, MemorySeries.histogram(i)));
    }
    return out;
  }

  private static Map<List<String>, List<Chunk>> merge(MemorySeries... sources) throws IOException {
    for (MemorySeries s : sources) {
      s.begin();
    }
    try (MergedSeriesChunks merged = new MergedSeriesChunks(List.of(sources))) {
      return MemorySeries.read(merged);
    }
  }

  private static List<Long> times(List<Chunk> chunks) throws IOException {
    return MemorySeries.samples(chunks).stream().map(Sample::time).toList();
  }

  @Test
  void chunksThatDoNotOverlapStayAsTheyAre() throws Exception {
    MemorySeries x = new MemorySeries().add(A, floats(0, 10)).add(A, floats(20, 30));
    MemorySeries y = new MemorySeries().add(A, floats(10, 20)).add(B, histograms(3, 9));
    Map<List<String>, List<Chunk>> all = merge(x, y);
    assertThat(all).containsOnlyKeys(A, B);
    List<Chunk> a = MemorySeries.read(x.begin()).get(A);
    List<Chunk> b = MemorySeries.read(y.begin()).get(A);
    assertThat(all.get(A)).containsExactly(a.get(0), b.get(0), a.get(1));
    assertThat(all.get(B)).isEqualTo(MemorySeries.read(y.begin()).get(B));
    assertThat(x.closed).isTrue();
    assertThat(y.closed).isTrue();
  }

  @Test
  void symbolsAreMergedInTheOrderOfBytes() throws Exception {
    MemorySeries x = new MemorySeries().add(List.of("n", "\uFFFD"), floats(0, 1));
    MemorySeries y =
        new MemorySeries()
            .add(List.of("n", "\uD83D\uDE00"), floats(0, 1))
            .add(List.of("n", "é", "o", "é"), floats(0, 1))
            .add(List.of("n", "é"), floats(0, 1));
    assertThat(merge(x, y).keySet())
        .containsExactly(
            List.of("n", "é"),
            List.of("n", "é", "o", "é"),
            List.of("n", "\uFFFD"),
            List.of("n", "\uD83D\uDE00"));
    MergedSeriesChunks merged = new MergedSeriesChunks(List.of(x.begin(), y.begin()));
    assertThat(merged.symbolCount()).isEqualTo(5);
    assertThat(merge(new MemorySeries(), new MemorySeries())).isEmpty();
    assertThat(merge()).isEmpty();
  }

  @Test
  void equalChunksAreTakenOnce() throws Exception {
    MemorySeries x = new MemorySeries().add(A, floats(0, 200));
    MemorySeries y = new MemorySeries().add(A, floats(0, 200)).add(A, floats(300, 310));
    List<Chunk> a = merge(x, y).get(A);
    assertThat(a).isEqualTo(MemorySeries.read(y.begin()).get(A));
  }

  @Test
  void overlapsAreCutInto120Samples() throws Exception {
    MemorySeries x = new MemorySeries().add(A, floats(0, 200)).add(A, floats(500, 510));
    MemorySeries y = new MemorySeries().add(A, floats(100, 300));
    List<Chunk> a = merge(x, y).get(A);
    assertThat(a.stream().map(Chunk::minTime)).containsExactly(0L, 120L, 240L, 500L);
    assertThat(MemorySeries.samples(a))
        .containsExactlyElementsOf(
            java.util.stream.Stream.concat(floats(0, 300).stream(), floats(500, 510).stream())
                .toList());
  }

  @Test
  void oneSampleATime() throws Exception {
    MemorySeries x = new MemorySeries().add(A, List.of(new Sample(5, 1.0), new Sample(7, 2.0)));
    MemorySeries y = new MemorySeries().add(A, List.of(new Sample(6, 3.0), new Sample(7, 4.0)));
    MemorySeries z = new MemorySeries().add(A, List.of(new Sample(7, 5.0)));
    List<Sample> a = MemorySeries.samples(merge(x, y, z).get(A));
    assertThat(a).startsWith(new Sample(5, 1.0), new Sample(6, 3.0));
    assertThat(a)
        .hasSize(3)
        .last()
        .isIn(new Sample(7, 2.0), new Sample(7, 4.0), new Sample(7, 5.0));
  }

  @Test
  void floatsAndHistogramsMeet() throws Exception {
    MemorySeries x = new MemorySeries().add(A, floats(0, 10));
    MemorySeries y = new MemorySeries().add(A, List.of(new Sample(5, MemorySeries.histogram(99))));
    MemorySeries z =
        new MemorySeries()
            .add(
                A,
                List.of(
                    new Sample(-1, MemorySeries.histogram(7).toFloat()),
                    new Sample(20, MemorySeries.histogram(1).toFloat())));
    List<Chunk> a = merge(x, y, z).get(A);
    assertThat(times(a)).containsExactly(-1L, 0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 20L);
    assertThat(a.stream().map(Chunk::encoding).distinct())
        .contains(XorFormat.ENCODING, HistogramChunk.FLOAT_ENCODING);
  }

  @Test
  void histogramsAreCutAtResets() throws Exception {
    MemorySeries x =
        new MemorySeries()
            .add(
                A,
                List.of(
                    new Sample(0, MemorySeries.histogram(5)),
                    new Sample(4, MemorySeries.histogram(9))));
    MemorySeries y = new MemorySeries().add(A, List.of(new Sample(2, MemorySeries.histogram(1))));
    List<Chunk> a = merge(x, y).get(A);
    assertThat(a.stream().map(c -> (c.data()[2] & 0xFF) >>> 6))
        .containsExactly(0, HistogramChunk.Reset.RESET.ordinal());
    assertThat(times(a)).containsExactly(0L, 2L, 4L);
  }

  @Test
  void deletedSamplesGo() throws Exception {
    MemorySeries x =
        new MemorySeries()
            .add(A, floats(0, 200))
            .add(A, floats(200, 300))
            .add(A, floats(300, 310))
            .add(B, histograms(0, 50))
            .delete(A, 150, 299)
            .delete(B, 10, 20);
    Map<List<String>, List<Chunk>> all = merge(x);
    // One chunk goes, one is cut short and stays one, one stays as it is.
    assertThat(all.get(A).stream().map(Chunk::maxTime)).containsExactly(149L, 309L);
    assertThat(all.get(A).get(1)).isEqualTo(MemorySeries.read(x.begin()).get(A).get(2));
    assertThat(times(all.get(B))).hasSize(39).doesNotContain(10L, 20L).contains(9L, 21L);
    assertThat(((Histogram) MemorySeries.samples(all.get(B)).get(10).value()).count())
        .isEqualTo(21);
    assertThat(merge(x.delete(A, 0, 1000))).containsOnlyKeys(B);
    assertThat(merge(x.delete(B, 0, 9).delete(B, 21, 60))).isEmpty();
  }

  @Test
  void whatIsDeletedInOneSourceStaysInAnother() throws Exception {
    MemorySeries x = new MemorySeries().add(A, floats(0, 10)).delete(A, 3, 5);
    MemorySeries y = new MemorySeries().add(A, List.of(new Sample(4, 44.0), new Sample(8, 8.0)));
    List<Sample> a = MemorySeries.samples(merge(x, y).get(A));
    assertThat(a.stream().map(Sample::time)).containsExactly(0L, 1L, 2L, 4L, 6L, 7L, 8L, 9L);
    assertThat(a).contains(new Sample(4, 44.0));
  }

  @Test
  void aResetThatTheFlagsSayStaysWithItsFirstSample() throws Exception {
    MemorySeries x = new MemorySeries().add(A, histograms(0, 10));
    byte[] data = x.data(A, 0);
    data[2] = (byte) (HistogramChunk.Reset.RESET.ordinal() << 6);
    assertThat((merge(x.delete(A, 5, 5)).get(A).getFirst().data()[2] & 0xFF) >>> 6).isEqualTo(2);
    assertThat((merge(x.delete(A, 0, 0)).get(A).getFirst().data()[2] & 0xFF) >>> 6).isEqualTo(0);
  }

  @Test
  void aDamagedChunkIsAnError() {
    MemorySeries x = new MemorySeries().add(A, floats(0, 100)).add(A, floats(50, 60));
    byte[] data = x.data(A, 0);
    Arrays.fill(data, 2, data.length, (byte) 0xFF);
    assertThatThrownBy(() -> merge(x)).isInstanceOf(IOException.class);
    // Bytes that can be read, but not as what the index says.
    Arrays.fill(data, 2, data.length, (byte) 0);
    assertThatThrownBy(() -> merge(x)).isInstanceOf(IOException.class);
    // A chunk that is not looked into is handed on as it is.
    MemorySeries y = new MemorySeries().add(A, floats(0, 100));
    Arrays.fill(y.data(A, 0), 2, 50, (byte) 0xFF);
    assertThatCode(() -> merge(y)).doesNotThrowAnyException();
  }

  @Test
  void likeAModel() throws Exception {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 200; round++) {
      TreeMap<String, TreeMap<Long, TreeSet<Double>>> model = new TreeMap<>();
      MemorySeries[] sources = new MemorySeries[1 + random.nextInt(4)];
      for (int i = 0; i < sources.length; i++) {
        sources[i] = new MemorySeries();
        for (int s = random.nextInt(6); s > 0; s--) {
          addSeries(random, sources[i], model);
        }
      }
      check(model, merge(sources));
    }
  }

  private static void addSeries(
      SplittableRandom random,
      MemorySeries source,
      TreeMap<String, TreeMap<Long, TreeSet<Double>>> model) {
    List<String> labels = List.of("__name__", "s" + random.nextInt(4));
    if (model.containsKey(labels + "in" + System.identityHashCode(source))) {
      return;
    }
    TreeMap<Long, TreeSet<Double>> expected =
        model.computeIfAbsent(labels.get(1), k -> new TreeMap<>());
    long from = random.nextInt(500);
    long to = from + random.nextInt(100);
    boolean deletes = random.nextInt(3) == 0;
    if (deletes) {
      source.delete(labels, from, to);
    }
    // A series of a source is added once, so that the ranges above concern all its chunks.
    model.put(labels + "in" + System.identityHashCode(source), new TreeMap<>());
    long t = random.nextInt(400);
    for (int chunks = 1 + random.nextInt(4); chunks > 0; chunks--) {
      boolean floats = random.nextBoolean();
      List<Sample> samples = new ArrayList<>();
      for (int n = 1 + random.nextInt(150); n > 0; n--) {
        t += 1 + random.nextInt(3);
        double v = random.nextInt(1000);
        samples.add(new Sample(t, floats ? (Object) v : MemorySeries.histogram((long) v)));
        if (!deletes || t < from || t > to) {
          expected.computeIfAbsent(t, k -> new TreeSet<>()).add(v);
        }
      }
      source.add(labels, samples);
      t -= random.nextInt(4) == 0 ? random.nextInt(50) : 0;
      t = Math.max(t, 0);
    }
  }

  private static void check(
      TreeMap<String, TreeMap<Long, TreeSet<Double>>> model, Map<List<String>, List<Chunk>> merged)
      throws IOException {
    model.keySet().removeIf(k -> k.contains("in"));
    model.values().removeIf(TreeMap::isEmpty);
    assertThat(merged.keySet().stream().map(l -> l.get(1)))
        .containsExactlyElementsOf(model.keySet());
    for (Map.Entry<List<String>, List<Chunk>> series : merged.entrySet()) {
      List<Chunk> chunks = series.getValue();
      for (int i = 1; i < chunks.size(); i++) {
        assertThat(chunks.get(i).minTime()).isGreaterThan(chunks.get(i - 1).maxTime());
      }
      TreeMap<Long, TreeSet<Double>> expected = model.get(series.getKey().get(1));
      List<Sample> samples = MemorySeries.samples(chunks);
      assertThat(samples.stream().map(Sample::time)).containsExactlyElementsOf(expected.keySet());
      for (Sample s : samples) {
        assertThat(expected.get(s.time())).contains(MemorySeries.value(s));
      }
    }
  }
}
