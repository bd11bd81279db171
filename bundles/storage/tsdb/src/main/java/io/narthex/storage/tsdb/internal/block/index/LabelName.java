package io.narthex.storage.tsdb.internal.block.index;

import io.narthex.api.storage.StorageException;
import java.util.BitSet;

/** Finds one label in series entries, whose symbol is compared as a number once it is known. */
final class LabelName {

  private final IndexReader index;
  private final String name;
  private final BitSet others = new BitSet();
  private int symbol = -1;

  LabelName(IndexReader index, String name) {
    this.index = index;
    this.name = name;
  }

  /**
   * The symbol of the label's value, -1 if the series has no such label. Symbols of 2^31 and more
   * there are none: an index of so many strings is refused when it is opened.
   */
  int valueOf(SeriesEntry entry) throws StorageException {
    int n = entry.labelCount();
    for (int i = 0; i < n; i++) {
      if (symbol >= 0 ? entry.name(i) == symbol : isName(entry.name(i))) {
        return entry.value(i);
      }
    }
    return -1;
  }

  private boolean isName(int reference) throws StorageException {
    if (others.get(reference)) {
      return false;
    }
    if (!index.symbols().text(reference).equals(name)) {
      others.set(reference);
      return false;
    }
    symbol = reference;
    return true;
  }
}
