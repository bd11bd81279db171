package io.narthex.storage.tsdb.internal.block.index;

import io.narthex.api.storage.StorageException;
import io.narthex.model.Labels;
import org.jspecify.annotations.Nullable;

/** Makes labels of series entries, with the strings that came last at hand. Used by one thread. */
public final class SymbolTexts {

  private static final int SLOTS = 1 << 10;

  private final Symbols symbols;
  private final int[] references = new int[SLOTS];
  private final @Nullable String[] texts = new String[SLOTS];

  public SymbolTexts(Symbols symbols) {
    this.symbols = symbols;
  }

  /** The labels of a series, which the index has in the order of their names. */
  public Labels labels(SeriesEntry entry) throws StorageException {
    int n = entry.labelCount();
    String[] pairs = new String[2 * n];
    for (int i = 0; i < n; i++) {
      pairs[2 * i] = text(entry.name(i));
      pairs[2 * i + 1] = text(entry.value(i));
    }
    return Labels.ofSorted(pairs);
  }

  private String text(int reference) throws StorageException {
    int slot = (reference * 0x9E3779B9) >>> 22;
    String there = texts[slot];
    if (there == null || references[slot] != reference) {
      there = symbols.text(reference);
      texts[slot] = there;
      references[slot] = reference;
    }
    return there;
  }
}
