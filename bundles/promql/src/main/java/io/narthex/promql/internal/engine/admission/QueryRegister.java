package io.narthex.promql.internal.engine.admission;

import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.RunningQueries;
import io.narthex.promql.internal.engine.Guard;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** Knows every query from its wish for a place to its end. */
public final class QueryRegister implements RunningQueries {

  private final InstantSource clock;
  private final AtomicLong lastId = new AtomicLong();
  private final ConcurrentMap<Long, Entry> entries = new ConcurrentHashMap<>();

  public QueryRegister(InstantSource clock) {
    this.clock = clock;
  }

  /** Notes a query, which waits at first. */
  public Entry enter(QueryRequest request, Guard guard) {
    Entry entry = new Entry(lastId.incrementAndGet(), request, guard, clock.instant());
    entries.put(entry.id, entry);
    return entry;
  }

  @Override
  public List<RunningQuery> running() {
    List<RunningQuery> all = new ArrayList<>();
    for (Entry e : entries.values()) {
      all.add(
          new RunningQuery(
              e.id, e.request, e.since, e.waiting, e.guard.samples(), e.guard.bytes()));
    }
    all.sort((a, b) -> Long.compare(a.id(), b.id()));
    return all;
  }

  @Override
  public boolean cancel(long id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      return false;
    }
    entry.guard.cancel();
    return true;
  }

  public void cancelAll() {
    entries.values().forEach(e -> e.guard.cancel());
  }

  /** A query that is known; closed at its end. */
  public final class Entry implements AutoCloseable {
    private final long id;
    private final QueryRequest request;
    private final Guard guard;
    private final Instant since;
    private volatile boolean waiting = true;

    private Entry(long id, QueryRequest request, Guard guard, Instant since) {
      this.id = id;
      this.request = request;
      this.guard = guard;
      this.since = since;
    }

    public void started() {
      waiting = false;
    }

    @Override
    public void close() {
      entries.remove(id);
    }
  }
}
