package io.narthex.config.internal.transaction;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.config.internal.read.Overlay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Configuration Admin's entries: those that are in effect, and the changes to them that have not
 * been tried. A refused change is dropped, so it stands in the way of no other one.
 */
final class Entries {

  /** The PID of the entry whose keys take the place of the file's global ones. */
  static final String GLOBAL = "io.narthex.global";

  private SortedMap<String, Entry> effective = new TreeMap<>();

  /** By PID; a null entry is one that was removed. */
  private final Map<String, @Nullable Entry> pending = new HashMap<>();

  /** A set of entries to try. */
  record Candidate(SortedMap<String, Entry> entries, List<String> changed) {

    Overlay overlay() throws ConfigurationException {
      ConfigNode global = null;
      List<ConfigNode> jobs = new ArrayList<>();
      for (Map.Entry<String, Entry> e : entries.entrySet()) {
        if (e.getKey().equals(GLOBAL)) {
          global = e.getValue().node();
        } else {
          jobs.add(e.getValue().node());
        }
      }
      return new Overlay(global, jobs);
    }
  }

  /** Notes a change. Whether it is the first one since the last {@link #takeChanges}. */
  synchronized boolean change(String pid, @Nullable Entry entry) {
    boolean first = pending.isEmpty();
    pending.put(pid, entry);
    return first;
  }

  /** The entries that are in effect. */
  synchronized Candidate effective() {
    return new Candidate(effective, List.of());
  }

  /** The entries with all changes; these count as tried. Null if there are none. */
  synchronized @Nullable Candidate takeChanges() {
    if (pending.isEmpty()) {
      return null;
    }
    SortedMap<String, Entry> next = new TreeMap<>(effective);
    List<String> changed = pending.keySet().stream().sorted().toList();
    for (String pid : changed) {
      Entry entry = pending.get(pid);
      if (entry == null) {
        next.remove(pid);
      } else {
        next.put(pid, entry);
      }
    }
    pending.clear();
    return new Candidate(next, changed);
  }

  /** Makes a candidate that was committed the effective one. */
  synchronized void accept(Candidate candidate) {
    effective = candidate.entries();
  }
}
