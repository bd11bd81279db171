package io.narthex.scrape.internal.loop;

import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts virtual threads that hold nothing of what they ran once they have ended. A framework that
 * keeps such a thread, for instance as the one that first asked for a class, must not keep our
 * bundle's class loader by it: a {@link FutureTask} lets its work go, a plain thread does not.
 */
public final class VirtualThreads {

  private static final Logger log = LoggerFactory.getLogger(VirtualThreads.class);

  private VirtualThreads() {}

  /** Starts a thread; what its work throws is logged. */
  public static Thread start(String name, Runnable work) {
    return Thread.ofVirtual().name(name).start(new FutureTask<>(() -> run(name, work), null));
  }

  private static void run(String name, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      log.atError().setCause(e).addKeyValue("thread", name).log("A thread has failed");
      throw e;
    }
  }
}
