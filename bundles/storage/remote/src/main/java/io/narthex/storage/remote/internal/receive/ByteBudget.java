package io.narthex.storage.remote.internal.receive;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many bytes all requests together may hold. Whoever comes when it is used up waits a while,
 * which slows senders down, and is refused then.
 */
final class ByteBudget {

  private static final int UNIT = 1024;

  private final int units;
  private final Semaphore free;
  private final long patienceMillis;

  ByteBudget(long bytes, long patienceMillis) {
    units = (int) Math.min(Integer.MAX_VALUE, bytes / UNIT);
    free = new Semaphore(units, true);
    this.patienceMillis = patienceMillis;
  }

  Share share() {
    return new Share();
  }

  long inUse() {
    return (long) (units - free.availablePermits()) * UNIT;
  }

  /** What one request holds. For one thread. */
  final class Share implements AutoCloseable {
    private int held;

    /** Makes sure that the request may hold this many bytes altogether. */
    void hold(long bytes) throws RefusedException {
      long wanted = (bytes + UNIT - 1) / UNIT;
      if (wanted > units) {
        throw new RefusedException(
            413, "the request needs " + bytes + " bytes, which is more than the server may take");
      }
      int more = (int) wanted - held;
      if (more <= 0) {
        return;
      }
      try {
        if (!free.tryAcquire(more)
            && !free.tryAcquire(more, patienceMillis, TimeUnit.MILLISECONDS)) {
          throw new RefusedException(503, "too many bytes of remote write requests in flight");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RefusedException(503, "the server is stopping");
      }
      held += more;
    }

    @Override
    public void close() {
      free.release(held);
      held = 0;
    }
  }
}
