package io.narthex.model;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Labels} by setting and removing labels of a base set. Not safe for use by several
 * threads; can be reset and used again, and then allocates nothing but its results.
 */
public final class LabelsBuilder {

  /** A longer array, once needed for a hostile set, is given up by the next reset. */
  private static final int KEPT_STRINGS = 1024;

  /**
   * Sorted pairs, all values non-empty; {@code n} is the used length, twice the number of labels.
   */
  private String[] pairs = new String[32];

  private int n;

  /** Names that {@link #resetTo} has left out; {@code leftOut} of them. */
  private String[] emptyNames = new String[0];

  private int leftOut;

  public LabelsBuilder() {}

  public LabelsBuilder(Labels base) {
    reset(base);
  }

  /** Forgets everything and starts from the labels of {@code base}, without its empty values. */
  public LabelsBuilder reset(Labels base) {
    n = 0;
    forgetEmpty();
    if (pairs.length > KEPT_STRINGS) {
      pairs = new String[32];
    }
    ensure(base.size() * 2);
    for (int i = 0; i < base.size(); i++) {
      if (!base.value(i).isEmpty()) {
        pairs[n++] = base.name(i);
        pairs[n++] = base.value(i);
      }
    }
    return this;
  }

  /**
   * Forgets everything and takes the first strings of the array, name, value, name, value …, in any
   * order; empty values are left out. The array is sorted by this.
   *
   * @return a name that is there twice with a value, or null; the builder is empty then
   */
  public @Nullable String resetTo(String[] namesAndValues, int length) {
    Labels.sort(namesAndValues, length);
    n = 0;
    forgetEmpty();
    ensure(length);
    for (int i = 0; i < length; i += 2) {
      if (namesAndValues[i + 1].isEmpty()) {
        leaveOut(namesAndValues[i]);
        continue;
      }
      if (n > 0 && pairs[n - 2].equals(namesAndValues[i])) {
        n = 0;
        return namesAndValues[i];
      }
      pairs[n++] = namesAndValues[i];
      pairs[n++] = namesAndValues[i + 1];
    }
    return null;
  }

  private void leaveOut(String name) {
    if (leftOut == emptyNames.length) {
      emptyNames = Arrays.copyOf(emptyNames, Math.max(4, leftOut * 2));
    }
    emptyNames[leftOut++] = name;
  }

  private void forgetEmpty() {
    leftOut = 0;
    if (emptyNames.length > KEPT_STRINGS) {
      emptyNames = new String[0];
    }
  }

  /**
   * Whether the last {@link #resetTo} has left out a label of this name, as its value was empty.
   */
  public boolean hasLeftOut(String name) {
    for (int i = 0; i < leftOut; i++) {
      if (emptyNames[i].equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Removes every label whose name the condition accepts. */
  public LabelsBuilder removeIf(Predicate<? super String> condition) {
    int kept = 0;
    for (int i = 0; i < n; i += 2) {
      if (!condition.test(pairs[i])) {
        pairs[kept++] = pairs[i];
        pairs[kept++] = pairs[i + 1];
      }
    }
    n = kept;
    return this;
  }

  /** Sets a label; an empty value removes it. */
  public LabelsBuilder set(String name, String value) {
    int at = search(name);
    if (at >= 0) {
      if (value.isEmpty()) {
        removeAt(at);
      } else {
        pairs[at + 1] = value;
      }
      return this;
    }
    if (value.isEmpty()) {
      return this;
    }
    int insert = -at - 1;
    ensure(n + 2);
    System.arraycopy(pairs, insert, pairs, insert + 2, n - insert);
    pairs[insert] = name;
    pairs[insert + 1] = value;
    n += 2;
    return this;
  }

  public LabelsBuilder remove(String name) {
    int at = search(name);
    if (at >= 0) {
      removeAt(at);
    }
    return this;
  }

  /** The value of the named label, empty if there is none. */
  public String get(String name) {
    int at = search(name);
    return at >= 0 ? pairs[at + 1] : "";
  }

  public boolean has(String name) {
    return search(name) >= 0;
  }

  public int size() {
    return n >> 1;
  }

  public String name(int i) {
    return pairs[i << 1];
  }

  public String value(int i) {
    return pairs[(i << 1) + 1];
  }

  /** Hands over the labels as they stand now; the action may change this builder. */
  public void forEach(BiConsumer<? super String, ? super String> action) {
    String[] copy = Arrays.copyOf(pairs, n);
    for (int i = 0; i < copy.length; i += 2) {
      action.accept(copy[i], copy[i + 1]);
    }
  }

  public Labels build() {
    return n == 0 ? Labels.EMPTY : new Labels(Arrays.copyOf(pairs, n));
  }

  /** Whether {@link #build} would give a set equal to {@code other}. */
  public boolean sameAs(Labels other) {
    if (other.size() * 2 != n) {
      return false;
    }
    for (int i = 0; i < other.size(); i++) {
      if (!pairs[i << 1].equals(other.name(i)) || !pairs[(i << 1) + 1].equals(other.value(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return this == o;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return build().toString();
  }

  private void removeAt(int at) {
    System.arraycopy(pairs, at + 2, pairs, at, n - at - 2);
    n -= 2;
  }

  /** The index of the name in {@link #pairs}, or -(insertion point) - 1. */
  private int search(String name) {
    int low = 0;
    int high = (n >> 1) - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int c = Utf8Order.compare(pairs[middle << 1], name);
      if (c == 0) {
        return middle << 1;
      }
      if (c < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -(low << 1) - 1;
  }

  private void ensure(int length) {
    if (length > pairs.length) {
      pairs = Arrays.copyOf(pairs, Math.max(length, pairs.length * 2));
    }
  }
}
