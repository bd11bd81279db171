package io.narthex.storage.tsdb.internal.head;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** All label names. One thread at a time adds; any thread looks up, without a lock. */
final class LabelNameTable {

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(LabelName[].class);

  private LabelName[] byIndex = new LabelName[16];

  /** By hash, at most half full. */
  private volatile @Nullable LabelName[] byHash = new LabelName[64];

  private volatile int count;

  @Nullable LabelName find(byte[] utf8, int offset, int length) {
    @Nullable LabelName[] table = byHash;
    int mask = table.length - 1;
    int i = SymbolTable.hash(utf8, offset, length) & mask;
    while (true) {
      LabelName name = (LabelName) SLOT.getAcquire(table, i);
      if (name == null
          || Arrays.equals(name.utf8, 0, name.utf8.length, utf8, offset, offset + length)) {
        return name;
      }
      i = (i + 1) & mask;
    }
  }

  @Nullable LabelName find(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return find(utf8, 0, utf8.length);
  }

  LabelName intern(byte[] utf8, int offset, int length) {
    LabelName found = find(utf8, offset, length);
    if (found != null) {
      return found;
    }
    int n = count;
    byte[] own = Arrays.copyOfRange(utf8, offset, offset + length);
    LabelName added = new LabelName(n, new String(own, StandardCharsets.UTF_8), own);
    if (n == byIndex.length) {
      byIndex = Arrays.copyOf(byIndex, n * 2);
    }
    byIndex[n] = added;
    count = n + 1;
    if ((n + 1) * 2 > byHash.length) {
      grow(n);
    }
    insert(byHash, added);
    return added;
  }

  private void grow(int present) {
    @Nullable LabelName[] larger = new LabelName[byHash.length * 2];
    for (int i = 0; i < present; i++) {
      insert(larger, byIndex[i]);
    }
    byHash = larger;
  }

  private static void insert(@Nullable LabelName[] table, LabelName name) {
    int i = SymbolTable.hash(name.utf8, 0, name.utf8.length) & (table.length - 1);
    while (table[i] != null) {
      i = (i + 1) & (table.length - 1);
    }
    SLOT.setRelease(table, i, name);
  }

  /** The name of an index below a {@link #count} that was read before. */
  LabelName get(int index) {
    return byIndex[index];
  }

  int count() {
    return count;
  }
}
