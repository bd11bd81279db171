package io.narthex.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A set of label pairs, immutable, sorted by name in {@link Utf8Order}, each name once.
 *
 * <p>Values may be empty here; a {@link LabelsBuilder} drops them, as a missing and an empty label
 * mean the same to every reader.
 */
public final class Labels implements Comparable<Labels> {

  /** The label that holds the metric's name. */
  public static final String NAME = "__name__";

  /** The set without labels. */
  public static final Labels EMPTY = new Labels(new String[0]);

  /** Strings of a set that is too long to be sorted by insertion. */
  private static final int LONG_SET = 128;

  /** name, value, name, value … */
  private final String[] pairs;

  private int hash;

  Labels(String[] sortedPairs) {
    this.pairs = sortedPairs;
  }

  /**
   * The set of the given names and values, in any order.
   *
   * @throws IllegalArgumentException if the count is odd or a name comes twice
   */
  public static Labels of(String... namesAndValues) {
    if (namesAndValues.length == 0) {
      return EMPTY;
    }
    if ((namesAndValues.length & 1) != 0) {
      throw new IllegalArgumentException("a label name without a value: " + namesAndValues.length);
    }
    String[] sorted = namesAndValues.clone();
    sort(sorted, sorted.length);
    for (int i = 2; i < sorted.length; i += 2) {
      if (sorted[i].equals(sorted[i - 2])) {
        throw new IllegalArgumentException("label name \"" + sorted[i] + "\" is not unique");
      }
    }
    return new Labels(sorted);
  }

  /** The set of a map's entries. */
  public static Labels of(Map<String, String> map) {
    String[] flat = new String[map.size() * 2];
    int i = 0;
    for (Map.Entry<String, String> e : map.entrySet()) {
      flat[i++] = e.getKey();
      flat[i++] = e.getValue();
    }
    return of(flat);
  }

  /**
   * The set of pairs that are sorted by name and free of doubles already; the array is taken over.
   * Callers that cannot vouch for that use {@link #of(String...)}.
   */
  public static Labels ofSorted(String[] sortedNamesAndValues) {
    return sortedNamesAndValues.length == 0 ? EMPTY : new Labels(sortedNamesAndValues);
  }

  /** Sorts the first pairs by name: by insertion while they are few, which is mostly the case. */
  static void sort(String[] p, int length) {
    if (length > LONG_SET) {
      sortMany(p, length);
      return;
    }
    for (int i = 2; i < length; i += 2) {
      String name = p[i];
      String value = p[i + 1];
      int j = i - 2;
      while (j >= 0 && Utf8Order.compare(p[j], name) > 0) {
        p[j + 2] = p[j];
        p[j + 3] = p[j + 1];
        j -= 2;
      }
      p[j + 2] = name;
      p[j + 3] = value;
    }
  }

  /** Keeps the order of equal names; hostile sets have a million labels. */
  private static void sortMany(String[] p, int length) {
    Integer[] order = new Integer[length / 2];
    for (int i = 0; i < order.length; i++) {
      order[i] = i * 2;
    }
    String[] copy = Arrays.copyOf(p, length);
    Arrays.sort(order, (a, b) -> Utf8Order.compare(copy[a], copy[b]));
    for (int i = 0; i < order.length; i++) {
      p[i * 2] = copy[order[i]];
      p[i * 2 + 1] = copy[order[i] + 1];
    }
  }

  /** The number of labels. */
  public int size() {
    return pairs.length >> 1;
  }

  public boolean isEmpty() {
    return pairs.length == 0;
  }

  /** The name of label {@code i}, 0 ≤ i &lt; size. */
  public String name(int i) {
    return pairs[i << 1];
  }

  /** The value of label {@code i}, 0 ≤ i &lt; size. */
  public String value(int i) {
    return pairs[(i << 1) + 1];
  }

  /** The value of the named label, empty if there is none. */
  public String get(String name) {
    String value = find(name);
    return value == null ? "" : value;
  }

  /** The value of the named label, null if there is none. */
  public @Nullable String find(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return pairs[i + 1];
      }
    }
    return null;
  }

  public boolean has(String name) {
    return find(name) != null;
  }

  /** The metric's name, empty if there is none. */
  public String metricName() {
    return get(NAME);
  }

  /** Hands every label over in order. */
  public void forEach(BiConsumer<? super String, ? super String> action) {
    for (int i = 0; i < pairs.length; i += 2) {
      action.accept(pairs[i], pairs[i + 1]);
    }
  }

  /** The labels as a map in their order. */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>(pairs.length);
    forEach(map::put);
    return map;
  }

  /** This set without the metric's name. */
  public Labels withoutName() {
    return has(NAME) ? new LabelsBuilder(this).remove(NAME).build() : this;
  }

  /** Only the named labels. */
  public Labels keep(java.util.Collection<String> names) {
    LabelsBuilder b = new LabelsBuilder();
    forEach((n, v) -> {
      if (names.contains(n)) {
        b.set(n, v);
      }
    });
    return b.build();
  }

  /**
   * A hash that is the same in every process: xxHash64, seed 0, of name, 0xFF, value, 0xFF for each
   * label in order, in UTF-8. It decides scrape offsets, hashmod-like sharding and limit_ratio.
   */
  public long stableHash() {
    byte[] bytes = new byte[256];
    int n = 0;
    for (String s : pairs) {
      byte[] utf8 = s.getBytes(StandardCharsets.UTF_8);
      if (n + utf8.length + 1 > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, n + utf8.length + 1));
      }
      System.arraycopy(utf8, 0, bytes, n, utf8.length);
      n += utf8.length;
      bytes[n++] = (byte) 0xFF;
    }
    return XxHash64.hash(bytes, 0, n, 0);
  }

  /**
   * Compares pair by pair, name before value; a set that is the beginning of another comes first.
   */
  @Override
  public int compareTo(Labels other) {
    String[] a = pairs;
    String[] b = other.pairs;
    int n = Math.min(a.length, b.length);
    for (int i = 0; i < n; i++) {
      int c = Utf8Order.compare(a[i], b[i]);
      if (c != 0) {
        return c;
      }
    }
    return a.length - b.length;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return this == o || (o instanceof Labels l && Arrays.equals(pairs, l.pairs));
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = Arrays.hashCode(pairs);
      hash = h;
    }
    return h;
  }

  /** The form {@code {a="1", b="2"}}; names that are no plain identifiers are quoted. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(pairs.length * 12 + 2).append('{');
    for (int i = 0; i < pairs.length; i += 2) {
      if (i > 0) {
        out.append(", ");
      }
      if (LabelNames.isLegacyLabelName(pairs[i])) {
        out.append(pairs[i]);
      } else {
        GoQuote.append(out, pairs[i]);
      }
      out.append('=');
      GoQuote.append(out, pairs[i + 1]);
    }
    return out.append('}').toString();
  }
}
