package io.narthex.web.server.internal;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections that take longer than the read timeout to send the head of a request, one byte
 * now and then included, which no idle timeout would notice.
 */
final class ReadDeadline extends Handler.Wrapper {

  /** Requests under way on a connection, and since when there are none. */
  private static final class State {
    final AtomicInteger active = new AtomicInteger();
    volatile long idleSince;

    State(long now) {
      idleSince = now;
    }
  }

  private final long timeoutNanos;
  private final LongSupplier nanoTime;
  private final Map<EndPoint, State> states = new ConcurrentHashMap<>();
  private volatile Scheduler.Task next = () -> false;

  ReadDeadline(long timeoutMillis, LongSupplier nanoTime) {
    this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    this.nanoTime = nanoTime;
  }

  /** Looks at the connections a few times in each timeout. */
  void watch(Scheduler scheduler, Supplier<Iterable<EndPoint>> connections) {
    long period = Math.clamp(timeoutNanos / 4, 50_000_000L, 15_000_000_000L);
    next =
        scheduler.schedule(
            () -> {
              sweep(connections.get());
              watch(scheduler, connections);
            },
            period,
            TimeUnit.NANOSECONDS);
  }

  void cancel() {
    next.cancel();
  }

  private void sweep(Iterable<EndPoint> connections) {
    long now = nanoTime.getAsLong();
    for (EndPoint endPoint : connections) {
      State state = states.computeIfAbsent(endPoint, e -> new State(now));
      if (state.active.get() == 0 && now - state.idleSince > timeoutNanos) {
        endPoint.close();
      }
    }
    Set<EndPoint> open = new HashSet<>();
    connections.forEach(open::add);
    states.keySet().removeIf(e -> !open.contains(e));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    while (endPoint instanceof EndPoint.Wrapper wrapper) {
      endPoint = wrapper.unwrap();
    }
    State state = states.computeIfAbsent(endPoint, e -> new State(nanoTime.getAsLong()));
    state.active.incrementAndGet();
    Request.addCompletionListener(
        request,
        failure -> {
          state.idleSince = nanoTime.getAsLong();
          state.active.decrementAndGet();
        });
    return super.handle(request, response, callback);
  }
}
