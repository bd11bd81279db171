package io.narthex.storage.tsdb.internal.compact;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.storage.tsdb.internal.block.Intervals;
import io.narthex.storage.tsdb.internal.block.SeriesChunks;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Series that are given as lists, and back. Labels are name, value, name, value … */
public final class MemorySeries implements SeriesChunks {

  /** A sample: a Double, a Histogram or a FloatHistogram. */
  public record Sample(long time, Object value) {}

  /** A chunk as its bytes. */
  public record Chunk(long minTime, long maxTime, int encoding, byte[] data) {
    @Override
    public boolean equals(Object o) {
      return o instanceof Chunk c
          && minTime == c.minTime
          && maxTime == c.maxTime
          && encoding == c.encoding
          && Arrays.equals(data, c.data);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(data);
    }
  }

  private static final Comparator<byte[]> BYTES = Arrays::compareUnsigned;

  private static final Comparator<List<String>> LABELS =
      (a, b) -> {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
          int c = BYTES.compare(bytes(a.get(i)), bytes(b.get(i)));
          if (c != 0) {
            return c;
          }
        }
        return Integer.compare(a.size(), b.size());
      };

  private final TreeMap<List<String>, List<Chunk>> series = new TreeMap<>(LABELS);
  private final TreeMap<List<String>, Intervals> tombstones = new TreeMap<>(LABELS);
  private List<byte[]> symbols = List.of();
  private List<List<String>> order = List.of();
  private int at = -1;
  boolean closed;

  private static byte[] bytes(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  /** Adds a chunk of samples, all of one kind. */
  public MemorySeries add(List<String> labels, List<Sample> samples) {
    List<Chunk> into = series.computeIfAbsent(labels, l -> new ArrayList<>());
    EncodedChunks out =
        new EncodedChunks((min, max, encoding, data) ->
            into.add(
                new Chunk(
                    min, max, encoding, data.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE))));
    out.begin(
        Integer.MAX_VALUE,
        io.narthex.storage.tsdb.internal.chunk.HistogramChunk.Reset.UNKNOWN,
        false);
    for (Sample s : samples) {
      if (s.value instanceof Double d) {
        out.add(s.time, (double) d, 0);
      } else {
        out.add(s.time, s.value);
      }
    }
    out.end();
    into.sort(Comparator.comparingLong(Chunk::minTime));
    return this;
  }

  public MemorySeries delete(List<String> labels, long start, long end) {
    tombstones.merge(labels, Intervals.of(start, end), Intervals::with);
    return this;
  }

  /** The bytes of a chunk, to be damaged. */
  public byte[] data(List<String> labels, int chunk) {
    return Objects.requireNonNull(series.get(labels)).get(chunk).data;
  }

  /** Goes before the first series. */
  public MemorySeries begin() {
    TreeSet<byte[]> all = new TreeSet<>(BYTES);
    series.keySet().forEach(labels -> labels.forEach(s -> all.add(bytes(s))));
    symbols = List.copyOf(all);
    order = List.copyOf(series.keySet());
    at = -1;
    return this;
  }

  /** Reads everything that a source has. */
  public static Map<List<String>, List<Chunk>> read(SeriesChunks source) throws IOException {
    TreeMap<List<String>, List<Chunk>> out = new TreeMap<>(LABELS);
    List<String> before = List.of();
    while (source.next()) {
      List<String> labels = new ArrayList<>();
      for (int i = 0; i < source.labelCount(); i++) {
        labels.add(text(source.symbol(source.nameSymbol(i))));
        labels.add(text(source.symbol(source.valueSymbol(i))));
      }
      if (LABELS.compare(before, labels) >= 0) {
        throw new AssertionError(labels + " after " + before);
      }
      before = labels;
      List<Chunk> chunks = new ArrayList<>();
      for (int i = 0; i < source.chunkCount(); i++) {
        chunks.add(
            new Chunk(
                source.minTime(i),
                source.maxTime(i),
                source.encoding(i),
                source.data(i).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE)));
      }
      out.put(labels, chunks);
    }
    return out;
  }

  /** The samples of chunks. */
  public static List<Sample> samples(List<Chunk> chunks) throws IOException {
    List<Sample> out = new ArrayList<>();
    ChunkSamples reader = new ChunkSamples();
    for (Chunk c : chunks) {
      int first = out.size();
      reader.reset(c.minTime, c.maxTime, c.encoding, MemorySegment.ofArray(c.data), Intervals.NONE);
      while (reader.next()) {
        Object h = reader.histogram();
        out.add(new Sample(reader.time(), h == null ? (Object) reader.value() : h));
      }
      if (out.get(first).time != c.minTime || out.getLast().time != c.maxTime) {
        throw new AssertionError("a chunk's times are wrong: " + c);
      }
    }
    return out;
  }

  /** A histogram of as many observations, in one bucket. */
  public static Histogram histogram(long count) {
    return new Histogram(
        io.narthex.model.histogram.CounterResetHint.UNKNOWN,
        0,
        0,
        0,
        count,
        count,
        new int[] {0, 1},
        new int[0],
        new long[] {count},
        new long[0],
        new double[0]);
  }

  /** The number of observations, or the value of a float. */
  public static double value(Sample s) {
    return s.value instanceof Double d
        ? d
        : s.value instanceof Histogram h ? h.count() : ((FloatHistogram) s.value).count();
  }

  private static String text(MemorySegment bytes) {
    return new String(
        bytes.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
  }

  private List<Chunk> chunks() {
    return series.get(order.get(at));
  }

  @Override
  public int symbolCount() {
    return symbols.size();
  }

  @Override
  public MemorySegment symbol(int ordinal) {
    return MemorySegment.ofArray(symbols.get(ordinal));
  }

  @Override
  public boolean next() {
    return ++at < order.size();
  }

  @Override
  public int labelCount() {
    return order.get(at).size() / 2;
  }

  private int symbolOf(int i) {
    byte[] wanted = bytes(order.get(at).get(i));
    for (int k = 0; k < symbols.size(); k++) {
      if (Arrays.equals(symbols.get(k), wanted)) {
        return k;
      }
    }
    throw new AssertionError();
  }

  @Override
  public int nameSymbol(int i) {
    return symbolOf(2 * i);
  }

  @Override
  public int valueSymbol(int i) {
    return symbolOf(2 * i + 1);
  }

  @Override
  public int chunkCount() {
    return chunks().size();
  }

  @Override
  public long minTime(int chunk) {
    return chunks().get(chunk).minTime;
  }

  @Override
  public long maxTime(int chunk) {
    return chunks().get(chunk).maxTime;
  }

  @Override
  public int encoding(int chunk) {
    return chunks().get(chunk).encoding;
  }

  @Override
  public MemorySegment data(int chunk) {
    return MemorySegment.ofArray(chunks().get(chunk).data);
  }

  @Override
  public Intervals deleted() {
    return tombstones.getOrDefault(order.get(at), Intervals.NONE);
  }

  @Override
  public void close() {
    closed = true;
  }
}
