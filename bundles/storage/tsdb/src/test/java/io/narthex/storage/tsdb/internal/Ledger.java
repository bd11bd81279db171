package io.narthex.storage.tsdb.internal;

import io.narthex.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a workload has tried and what it was told, to be compared with what a database has: every
 * acknowledged sample once, with its value, nothing that was not tried, and nothing of what was
 * deleted.
 */
final class Ledger {

  /** An event of a workload. */
  sealed interface Event {}

  record Tried(int id, List<Point> points) implements Event {}

  record Deleting(int id, Labels series, long from, long to) implements Event {}

  /** What was tried under this number has succeeded. */
  record Acknowledged(int id) implements Event {}

  /** A sample; its value follows from the rest. */
  record Point(Labels series, long t, long value) {}

  private static final class State {
    final long value;
    final int id;
    boolean deleting;
    boolean deleted;

    State(long value, int id) {
      this.value = value;
      this.id = id;
    }
  }

  private final Map<Labels, NavigableMap<Long, State>> samples = new HashMap<>();
  private final Map<Integer, Event> tried = new HashMap<>();

  /** Where in the disk's log something was acknowledged, by its number. */
  private final Map<Integer, Integer> acknowledged = new HashMap<>();

  /** Takes an event that stands at a place of the disk's log. */
  void apply(Event event, int place) {
    switch (event) {
      case Tried t -> {
        tried.put(t.id(), t);
        for (Point p : t.points()) {
          // A sample that was not acknowledged may be tried again.
          samples
              .computeIfAbsent(p.series(), s -> new TreeMap<>())
              .put(p.t(), new State(p.value(), t.id()));
        }
      }
      case Deleting d -> {
        tried.put(d.id(), d);
        range(d).forEach(s -> s.deleting = true);
      }
      case Acknowledged a -> {
        acknowledged.put(a.id(), place);
        if (tried.get(a.id()) instanceof Deleting d) {
          range(d).forEach(s -> s.deleted = true);
        }
      }
    }
  }

  private List<State> range(Deleting d) {
    NavigableMap<Long, State> of = samples.getOrDefault(d.series(), new TreeMap<>());
    return List.copyOf(of.subMap(d.from(), true, d.to(), true).values());
  }

  int acknowledgements() {
    return acknowledged.size();
  }

  /** How many were acknowledged before a place. */
  long acknowledgedBefore(int place) {
    return acknowledged.values().stream().filter(p -> p < place).count();
  }

  /**
   * What is wrong with a content.
   *
   * @param place what was acknowledged before this place of the disk's log must be there
   * @param deletions whether what was deleted must be gone
   */
  List<String> problems(Map<Labels, List<Point>> content, int place, boolean deletions) {
    List<String> out = new ArrayList<>();
    for (Map.Entry<Labels, List<Point>> e : content.entrySet()) {
      NavigableMap<Long, State> known = samples.getOrDefault(e.getKey(), new TreeMap<>());
      long last = Long.MIN_VALUE;
      for (Point p : e.getValue()) {
        State s = known.get(p.t());
        if (s == null) {
          out.add("invented: " + p);
        } else if (s.value != p.value()) {
          out.add("wrong value: " + p + ", not " + s.value);
        } else if (s.deleted && deletions) {
          out.add("deleted and there: " + p);
        }
        if (p.t() <= last) {
          out.add("twice or in wrong order: " + p + " after " + last);
        }
        last = p.t();
      }
    }
    samples.forEach((series, known) -> {
      Map<Long, Point> there = new HashMap<>();
      content.getOrDefault(series, List.of()).forEach(p -> there.put(p.t(), p));
      known.forEach((t, s) -> {
        int at = acknowledged.getOrDefault(s.id, Integer.MAX_VALUE);
        if (at < place && !s.deleting && !there.containsKey(t)) {
          out.add("lost: " + series + " at " + t + " of number " + s.id);
        }
      });
    });
    return out;
  }
}
