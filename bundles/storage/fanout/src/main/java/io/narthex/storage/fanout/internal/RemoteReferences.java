package io.narthex.storage.fanout.internal;

import java.util.Arrays;

/** What one remote storage calls the series, by their local references, which are dense. */
final class RemoteReferences {

  private volatile long[] byLocal = new long[1024];

  /** The remote reference, 0 if there is none. */
  long get(long local) {
    long[] table = byLocal;
    return local < table.length ? table[(int) local] : 0;
  }

  synchronized void put(long local, long remote) {
    long[] table = byLocal;
    if (local >= table.length) {
      table = Arrays.copyOf(table, (int) Math.max(local + 1, table.length * 2L));
    }
    table[(int) local] = remote;
    byLocal = table;
  }
}
