package io.narthex.storage.tsdb.internal.head;

import org.jspecify.annotations.Nullable;

/** Strings of symbols that were asked for lately, a fixed number. For one thread. */
final class SymbolCache {

  private static final int SIZE = 4096;

  private final int[] ids = new int[SIZE];
  private final @Nullable String[] strings = new String[SIZE];

  String get(SymbolTable symbols, int id) {
    int slot = id & (SIZE - 1);
    String s = strings[slot];
    if (s == null || ids[slot] != id) {
      s = symbols.get(id);
      ids[slot] = id;
      strings[slot] = s;
    }
    return s;
  }
}
