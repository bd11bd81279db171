package io.narthex.http.internal.net;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.frames.PingFrame;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Pings HTTP/2 connections that have brought nothing for a while, and closes those that do not
 * answer: a server that has gone without a word would otherwise take request after request. As
 * pings keep a connection from being idle, unused ones are closed here, too.
 */
final class PingWatch implements Connection.Listener {
  static final String MESSAGE = "http2: client connection lost";

  /** Looks within the time that a connection may be silent. */
  private static final int LOOKS = 4;

  private final Scheduler scheduler;
  private final ConnectionLimits limits;
  private final Duration unused;
  private final Map<Connection, Watched> open = new ConcurrentHashMap<>();

  PingWatch(Scheduler scheduler, ConnectionLimits limits, Duration unused) {
    this.scheduler = scheduler;
    this.limits = limits;
    this.unused = unused;
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof HTTP2Connection http2) {
      Watched watched = new Watched(http2);
      open.put(connection, watched);
      watched.lookAgainIn(limits.readIdle().dividedBy(LOOKS));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    Watched watched = open.remove(connection);
    if (watched != null) {
      watched.stop();
    }
  }

  /** One connection. The timer runs one look after the other, so its fields need no lock. */
  private final class Watched implements Runnable {
    private final HTTP2Connection connection;
    private long bytes;
    private long streams;
    private long lastRead;
    private long lastUse;
    private boolean pinged;
    private volatile Scheduler.Task next = () -> false;
    private volatile boolean stopped;

    Watched(HTTP2Connection connection) {
      this.connection = connection;
      lastRead = System.nanoTime();
      lastUse = lastRead;
    }

    void lookAgainIn(Duration delay) {
      next = scheduler.schedule(this, delay.toMillis(), TimeUnit.MILLISECONDS);
      if (stopped) {
        next.cancel();
      }
    }

    void stop() {
      stopped = true;
      next.cancel();
    }

    @Override
    public void run() {
      if (stopped) {
        return;
      }
      HTTP2Session session = connection.getSession();
      long now = System.nanoTime();
      boolean silent = connection.getBytesIn() == bytes;
      if (silent && pinged) {
        // Tells the exchanges, then the network, which may have no room for it.
        connection.onConnectionFailure(ErrorCode.NO_ERROR.code, MESSAGE);
        connection.getEndPoint().close(new IOException(MESSAGE));
        return;
      }
      if (session.getStreamCount() > 0 || session.getStreamsOpened() != streams) {
        streams = session.getStreamsOpened();
        lastUse = now;
      } else if (now - lastUse > unused.toNanos()) {
        session.close(ErrorCode.NO_ERROR.code, "idle", Callback.NOOP);
        return;
      }
      pinged = false;
      if (!silent) {
        bytes = connection.getBytesIn();
        lastRead = now;
      } else if (now - lastRead >= limits.readIdle().toNanos()) {
        pinged = true;
        session.ping(new PingFrame(now, false), Callback.NOOP);
        lookAgainIn(limits.ping());
        return;
      }
      lookAgainIn(limits.readIdle().dividedBy(LOOKS));
    }
  }
}
