package io.narthex.scrape.internal.loop;

import io.narthex.model.Labels;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lends what scrapes work with, so that memory is needed for the scrapes under way and not for each
 * target, and bounds what all bodies together may take.
 *
 * <p>The array of a huge body is kept for the next one: a target that sends one sends one each
 * time, and large arrays that are thrown away make the heap grow to its limit before they are
 * collected. Once it has not been needed for a while it goes, and its memory is given back to the
 * system.
 */
public final class Bodies implements AutoCloseable {

  private static final int KEPT = 64;
  private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** As much as this is worth a collection, which costs milliseconds. */
  private static final long WORTH_COLLECTING = 32 << 20;

  /** Smaller arrays stay as they are. */
  private static final int LARGE = 1 << 20;

  private static final long MOST = 1 << 30;

  private final long budget;
  private final LongSupplier nanoTime;
  private final Runnable collector;

  /** The one that was used last is at the end, and lent first. */
  private final ArrayDeque<Body> free = new ArrayDeque<>();

  private long taken;
  private long dropped;
  private boolean closed;

  /**
   * @param budget the most bytes that bodies may take
   */
  public Bodies(long budget) {
    this(budget, System::nanoTime, System::gc);
  }

  Bodies(long budget, LongSupplier nanoTime, Runnable collector) {
    this.budget = budget;
    this.nanoTime = nanoTime;
    this.collector = collector;
  }

  /** A quarter of the heap for bodies, and a gigabyte at most. */
  public static Bodies forThisHeap() {
    return new Bodies(Math.min(MOST, Runtime.getRuntime().maxMemory() / 4));
  }

  synchronized Body lend() {
    Body body = free.pollLast();
    return body == null ? new Body(this) : body;
  }

  void giveBack(Body body) {
    if (keep(body)) {
      collector.run();
    }
  }

  /** Returns whether much has been dropped since this was last so. */
  private synchronized boolean keep(Body body) {
    body.labels.reset(Labels.EMPTY);
    body.idleSince = nanoTime.getAsLong();
    dropUnneededArray(body);
    free.addLast(body);
    Body oldest = free.peekFirst();
    while (oldest != null
        && (closed || free.size() > KEPT || body.idleSince - oldest.idleSince > KEPT_NANOS)) {
      free.removeFirst();
      dropped += oldest.bytes.length;
      oldest.free();
      oldest = free.peekFirst();
    }
    boolean worth = dropped >= WORTH_COLLECTING;
    if (worth) {
      dropped = 0;
    }
    return worth;
  }

  /** The one that is lent first is never idle, and may still be far larger than what it is for. */
  private void dropUnneededArray(Body body) {
    if (body.filled > body.bytes.length / 4) {
      body.neededAt = body.idleSince;
    } else if (body.bytes.length > LARGE && body.idleSince - body.neededAt > KEPT_NANOS) {
      dropped += body.bytes.length;
      body.free();
    }
    body.filled = 0;
  }

  synchronized boolean reserve(long bytes) {
    if (taken + bytes > budget) {
      return false;
    }
    taken += bytes;
    return true;
  }

  synchronized void release(long bytes) {
    taken -= bytes;
  }

  /** Bytes that bodies take now. */
  public synchronized long taken() {
    return taken;
  }

  @Override
  public synchronized void close() {
    closed = true;
    free.forEach(Body::free);
    free.clear();
  }

  /** All bodies together would take more than they may. */
  static final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1L;

    NoRoomException(int read) {
      super(
          "body size limit exceeded: " + read + " bytes were read, and no memory is left for more");
    }
  }
}
