package io.narthex.http.internal.net;

import io.narthex.api.lifecycle.ForgottenWork;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.jspecify.annotations.Nullable;

/**
 * What all clients share: the event loop, its timer and buffers, and threads for name look-ups.
 * Started by the first request, stopped with the bundle.
 */
public final class Engine implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
  private static final long MAX_POOLED_BYTES = 16L << 20;
  private static final int LOOKUP_THREADS = 8;

  private final Executor tasks =
      task -> Thread.ofVirtual().name("http-client").start(new ForgottenWork(task));
  private final ThreadPoolExecutor lookups;
  private final ConnectionLimits limits;
  private @Nullable SharedConnector connector;
  private boolean closed;

  public Engine() {
    this(ConnectionLimits.DEFAULT);
  }

  /** An engine with limits of its own, for tests. */
  public Engine(ConnectionLimits limits) {
    this.limits = limits;
    // The JDK looks names up in native code, which holds a carrier thread: on platform threads, and
    // none while nothing is looked up.
    lookups =
        new ThreadPoolExecutor(
            LOOKUP_THREADS,
            LOOKUP_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("http-dns-", 0).factory());
    lookups.allowCoreThreadTimeOut(true);
  }

  ConnectionLimits limits() {
    return limits;
  }

  Executor lookups() {
    return lookups;
  }

  synchronized SharedConnector connector() throws IOException {
    if (closed) {
      throw new IOException("the HTTP client has been closed");
    }
    SharedConnector started = connector;
    if (started == null) {
      started =
          new SharedConnector(
              tasks,
              new ScheduledExecutorScheduler("http-client-timer", true),
              new ArrayByteBufferPool(0, 4096, 65536, 64, MAX_POOLED_BYTES, MAX_POOLED_BYTES));
      started.setConnectTimeout(CONNECT_TIMEOUT);
      started.setIdleTimeout(JettyClient.IDLE_TIMEOUT);
      try {
        started.start();
      } catch (Exception e) {
        throw new IOException("can't start the HTTP client: " + e.getMessage(), e);
      }
      connector = started;
    }
    return started;
  }

  @Override
  public synchronized void close() {
    closed = true;
    lookups.shutdownNow();
    SharedConnector c = connector;
    connector = null;
    if (c != null) {
      try {
        c.stop();
      } catch (Exception e) {
        throw new IllegalStateException("can't stop the HTTP client", e);
      }
    }
  }
}
