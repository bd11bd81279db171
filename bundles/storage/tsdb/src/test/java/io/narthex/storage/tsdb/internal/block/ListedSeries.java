package io.narthex.storage.tsdb.internal.block;

import io.narthex.model.Labels;
import io.narthex.model.Utf8Order;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Series that a test lists. */
public final class ListedSeries implements SeriesChunks {

  /** A chunk of a test. */
  public record Chunk(long minTime, long maxTime, int encoding, byte[] data) {}

  private final TreeMap<Labels, List<Chunk>> series;
  private final List<String> symbols;
  private final Map<String, Integer> ordinals = new java.util.HashMap<>();
  private final Iterator<Map.Entry<Labels, List<Chunk>>> all;
  private Labels labels = Labels.EMPTY;
  private List<Chunk> chunks = List.of();

  public ListedSeries(Map<Labels, List<Chunk>> series) {
    this.series = new TreeMap<>(series);
    TreeSet<String> sorted = new TreeSet<>(Utf8Order::compare);
    this.series
        .keySet()
        .forEach(l ->
            l.forEach((n, v) -> {
              sorted.add(n);
              sorted.add(v);
            }));
    symbols = new ArrayList<>(sorted);
    symbols.forEach(s -> ordinals.put(s, ordinals.size()));
    all = this.series.entrySet().iterator();
  }

  @Override
  public int symbolCount() {
    return symbols.size();
  }

  @Override
  public MemorySegment symbol(int ordinal) {
    return MemorySegment.ofArray(symbols.get(ordinal).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean next() {
    if (!all.hasNext()) {
      return false;
    }
    Map.Entry<Labels, List<Chunk>> e = all.next();
    labels = e.getKey();
    chunks = e.getValue();
    return true;
  }

  @Override
  public int labelCount() {
    return labels.size();
  }

  private int ordinal(String s) {
    return ordinals.getOrDefault(s, -1);
  }

  @Override
  public int nameSymbol(int i) {
    return ordinal(labels.name(i));
  }

  @Override
  public int valueSymbol(int i) {
    return ordinal(labels.value(i));
  }

  @Override
  public int chunkCount() {
    return chunks.size();
  }

  @Override
  public long minTime(int chunk) {
    return chunks.get(chunk).minTime;
  }

  @Override
  public long maxTime(int chunk) {
    return chunks.get(chunk).maxTime;
  }

  @Override
  public int encoding(int chunk) {
    return chunks.get(chunk).encoding;
  }

  @Override
  public MemorySegment data(int chunk) {
    return MemorySegment.ofArray(chunks.get(chunk).data);
  }

  @Override
  public void close() {}
}
