package io.narthex.scrape.internal.cache;

import io.narthex.api.exposition.ExpositionReader;
import io.narthex.model.MetricMetadata;
import io.narthex.model.MetricType;
import io.narthex.model.XxHash64;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one target says of its metric families; kept for ten scrapes after a family was last seen.
 * Written by the target's loop, read by views; a family that says the same again costs a look-up
 * and no allocation.
 */
public final class MetadataCache {

  private static final int KEPT_SCRAPES = 10;

  /** One family. */
  public static final class Family {
    private final byte[] key;
    private final int hash;
    private final String name;
    private byte[] help = new byte[0];
    private byte[] unit = new byte[0];
    private int seenAt;
    private int changedAt;
    private MetricMetadata metadata = new MetricMetadata(MetricType.UNKNOWN, "", "");

    private Family(byte[] key, int hash) {
      this.key = key;
      this.hash = hash;
      this.name = new String(key, StandardCharsets.UTF_8);
    }

    public String name() {
      return name;
    }

    public MetricMetadata metadata() {
      return metadata;
    }

    private long bytes() {
      return (long) key.length + help.length + unit.length + metadata.type().text().length();
    }
  }

  /** A family with its metadata at one moment. */
  public record Entry(String family, MetricMetadata metadata) {}

  private @Nullable Family[] slots = new Family[16];
  private @Nullable Family last;
  private int size;
  private int iteration = 1;

  /** Takes the TYPE, HELP or UNIT entry the reader stands at. */
  public synchronized Family update(ExpositionReader r, ExpositionReader.Entry entry) {
    Family f = family(r);
    if (f.seenAt == 0) {
      f.changedAt = iteration;
    }
    f.seenAt = iteration;
    MetricMetadata m = f.metadata;
    byte[] body = r.seriesBytes();
    int from = r.metadataOffset();
    int to = from + r.metadataLength();
    if (entry == ExpositionReader.Entry.TYPE) {
      if (m.type() != r.type()) {
        change(f, new MetricMetadata(r.type(), m.unit(), m.help()));
      }
    } else if (entry == ExpositionReader.Entry.HELP) {
      if (!Arrays.equals(f.help, 0, f.help.length, body, from, to)) {
        f.help = Arrays.copyOfRange(body, from, to);
        change(f, new MetricMetadata(m.type(), m.unit(), r.metadataText()));
      }
    } else if (!Arrays.equals(f.unit, 0, f.unit.length, body, from, to)) {
      f.unit = Arrays.copyOfRange(body, from, to);
      change(f, new MetricMetadata(m.type(), r.metadataText(), m.help()));
    }
    return f;
  }

  /** Whether the family is new or has changed in this scrape. */
  public synchronized boolean hasChanged(Family f) {
    return f.changedAt == iteration;
  }

  /** Ends a scrape; forgets old families if it succeeded. */
  public synchronized void finish(boolean flush) {
    if (flush) {
      removeOld();
    }
    iteration++;
  }

  public synchronized int size() {
    return size;
  }

  /** How much text is kept. */
  public synchronized long bytes() {
    long sum = 0;
    for (Family f : slots) {
      sum += f == null ? 0 : f.bytes();
    }
    return sum;
  }

  /** All families, by name. */
  public synchronized List<Entry> entries() {
    List<Entry> out = new ArrayList<>(size);
    for (Family f : slots) {
      if (f != null) {
        out.add(new Entry(f.name, f.metadata));
      }
    }
    out.sort(java.util.Comparator.comparing(Entry::family));
    return out;
  }

  private void change(Family f, MetricMetadata next) {
    f.metadata = next;
    f.changedAt = iteration;
  }

  private Family family(ExpositionReader r) {
    byte[] body = r.seriesBytes();
    int from = r.familyOffset();
    int to = from + r.familyLength();
    // HELP, TYPE and UNIT of one family follow each other.
    Family before = last;
    if (before != null && Arrays.equals(before.key, 0, before.key.length, body, from, to)) {
      return before;
    }
    long h = XxHash64.hash(body, from, to - from, 0);
    int hash = (int) (h ^ (h >>> 32));
    int mask = slots.length - 1;
    int s = hash & mask;
    for (Family f = slots[s]; f != null; f = slots[s]) {
      if (f.hash == hash && Arrays.equals(f.key, 0, f.key.length, body, from, to)) {
        last = f;
        return f;
      }
      s = (s + 1) & mask;
    }
    Family f = new Family(Arrays.copyOfRange(body, from, to), hash);
    slots[s] = f;
    last = f;
    size++;
    if (size * 2 > slots.length) {
      rebuild(slots.length * 2);
    }
    return f;
  }

  private void removeOld() {
    int old = 0;
    for (int i = 0; i < slots.length; i++) {
      Family f = slots[i];
      if (f != null && iteration - f.seenAt > KEPT_SCRAPES) {
        f.seenAt = 0;
        old++;
      }
    }
    if (old > 0) {
      last = null;
      size -= old;
      rebuild(slots.length);
    }
  }

  /** Lays the families out anew, without those marked as never seen. */
  private void rebuild(int length) {
    @Nullable Family[] before = slots;
    slots = new Family[length];
    for (Family f : before) {
      if (f != null && (f.seenAt != 0 || length > before.length)) {
        int s = f.hash & (length - 1);
        while (slots[s] != null) {
          s = (s + 1) & (length - 1);
        }
        slots[s] = f;
      }
    }
  }
}
