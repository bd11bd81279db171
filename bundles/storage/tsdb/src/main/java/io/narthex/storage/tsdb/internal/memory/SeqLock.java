package io.narthex.storage.tsdb.internal.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * A version number in front of a row: odd while its one writer changes the row, so that readers
 * notice and read again. Costs the writer two stores, and readers nothing that a writer waits for.
 */
public final class SeqLock {

  private static final VarHandle VERSION = ValueLayout.JAVA_INT.varHandle();
  private static final int SPINS = 64;

  private SeqLock() {}

  public static void beginWrite(MemorySegment page, long at) {
    VERSION.setOpaque(page, at, (int) VERSION.get(page, at) + 1);
    VarHandle.storeStoreFence();
  }

  public static void endWrite(MemorySegment page, long at) {
    VERSION.setRelease(page, at, (int) VERSION.get(page, at) + 1);
  }

  /** The version to read under; waits while a writer is at work. */
  public static int beginRead(MemorySegment page, long at) {
    for (int i = 0; ; i++) {
      int v = (int) VERSION.getAcquire(page, at);
      if ((v & 1) == 0) {
        return v;
      }
      if (i < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  /** Whether what was read since {@link #beginRead} belongs together. */
  public static boolean endRead(MemorySegment page, long at, int version) {
    VarHandle.loadLoadFence();
    return (int) VERSION.getOpaque(page, at) == version;
  }
}
