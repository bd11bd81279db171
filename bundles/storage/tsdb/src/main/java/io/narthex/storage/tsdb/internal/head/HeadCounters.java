package io.narthex.storage.tsdb.internal.head;

import java.util.concurrent.atomic.LongAdder;

/** What a head has counted since it was made. */
public final class HeadCounters {
  public final LongAdder floatsAppended = new LongAdder();
  public final LongAdder histogramsAppended = new LongAdder();
  public final LongAdder floatsOutOfOrder = new LongAdder();
  public final LongAdder histogramsOutOfOrder = new LongAdder();
  public final LongAdder floatsOutOfBounds = new LongAdder();
  public final LongAdder histogramsOutOfBounds = new LongAdder();
  public final LongAdder seriesCreated = new LongAdder();
  public final LongAdder seriesNotFound = new LongAdder();
  public final LongAdder chunksCreated = new LongAdder();
  public final LongAdder appendersCreated = new LongAdder();
  public final LongAdder exemplarsAppended = new LongAdder();
  public final LongAdder exemplarsOutOfOrder = new LongAdder();
}
