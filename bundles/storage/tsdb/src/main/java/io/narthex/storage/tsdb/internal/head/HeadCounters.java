package io.narthex.storage.tsdb.internal.head;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleConsumer;

/** What a head has counted since it was made. */
public final class HeadCounters {
  public final LongAdder floatsAppended = new LongAdder();
  public final LongAdder histogramsAppended = new LongAdder();
  public final Refused floats = new Refused();
  public final Refused histograms = new Refused();
  public final LongAdder seriesCreated = new LongAdder();
  public final LongAdder seriesNotFound = new LongAdder();
  public final LongAdder chunksCreated = new LongAdder();
  public final LongAdder chunksRemoved = new LongAdder();
  public final LongAdder seriesRemoved = new LongAdder();
  public final LongAdder truncations = new LongAdder();
  public final LongAdder truncationsFailed = new LongAdder();
  public final LongAdder appendersCreated = new LongAdder();
  public final LongAdder exemplarsAppended = new LongAdder();
  public final LongAdder exemplarsOutOfOrder = new LongAdder();

  /** Told by how many seconds a sample that is not in order is older than the newest one. */
  public volatile DoubleConsumer lateness = seconds -> {};

  /** Samples of one kind that were not taken. */
  public static final class Refused {
    public final LongAdder outOfOrder = new LongAdder();
    public final LongAdder outOfBounds = new LongAdder();
    public final LongAdder tooOld = new LongAdder();
  }
}
