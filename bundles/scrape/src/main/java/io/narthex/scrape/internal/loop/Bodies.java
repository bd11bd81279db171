package io.narthex.scrape.internal.loop;

import io.narthex.model.Labels;
import java.io.IOException;
import java.util.ArrayDeque;

/**
 * Lends what scrapes work with, so that memory is needed for the scrapes under way and not for each
 * target, and bounds what all bodies together may take.
 */
public final class Bodies implements AutoCloseable {

  private static final int KEPT = 64;

  private final long budget;
  private final long keptBytes;
  private final ArrayDeque<Body> free = new ArrayDeque<>();
  private long taken;
  private boolean closed;

  /**
   * @param budget the most bytes that bodies may take
   */
  public Bodies(long budget) {
    this.budget = budget;
    this.keptBytes = budget / 8;
  }

  /** A quarter of the heap for bodies. */
  public static Bodies forThisHeap() {
    return new Bodies(Runtime.getRuntime().maxMemory() / 4);
  }

  synchronized Body lend() {
    Body body = free.pollLast();
    return body == null ? new Body(this) : body;
  }

  synchronized void giveBack(Body body) {
    body.labels.reset(Labels.EMPTY);
    if (closed || free.size() >= KEPT || taken > keptBytes || body.bytes.length > keptBytes / 4) {
      body.free();
    } else {
      free.addLast(body);
    }
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
