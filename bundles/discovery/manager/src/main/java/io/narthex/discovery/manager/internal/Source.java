package io.narthex.discovery.manager.internal;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.discovery.DiscoveryView.State;
import io.narthex.api.discovery.TargetGroup;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one discoverer has found, for all the sets that share it, whether it runs or not. Guarded by
 * the manager's lock.
 */
final class Source {

  final String kind;
  final String name;

  /** The section's text, from which a provider that comes later reads it again. */
  ConfigNode node;

  final Set<String> sets = new LinkedHashSet<>();

  State state = State.WAITING_FOR_PROVIDER;
  String bundle = "";
  @Nullable Run run;
  @Nullable Instant lastUpdate;
  @Nullable String lastError;

  /** Whether anything was found since it exists. */
  boolean sent;

  /** When its next step is due, in nanoseconds; see {@link #dueWhat}. */
  long due;

  Due dueWhat = Due.NOTHING;
  int failures;

  private final Map<String, TargetGroup> groups = new LinkedHashMap<>();

  /** Sources of groups that a provider found which is gone, and its successor has not confirmed. */
  private final Set<String> inherited = new HashSet<>();

  /** What a source waits for. */
  enum Due {
    NOTHING,
    /** Its provider is gone: forget what it found. */
    END_OF_GRACE,
    /** It failed: try again. */
    RETRY,
    /** No set uses it any more: end it. */
    RETIREMENT
  }

  Source(String kind, String name, ConfigNode node) {
    this.kind = kind;
    this.name = name;
    this.node = node;
  }

  void dueAt(Due what, long at) {
    dueWhat = what;
    due = at;
  }

  /** Takes changed groups over; one without targets removes the group of its source. */
  void update(List<TargetGroup> changed, Instant now) {
    for (TargetGroup group : changed) {
      if (group == null) {
        continue;
      }
      inherited.remove(group.source());
      if (group.targets().isEmpty()) {
        groups.remove(group.source());
      } else {
        groups.put(group.source(), group);
      }
    }
    sent = true;
    lastUpdate = now;
    lastError = null;
    failures = 0;
  }

  /** Marks everything as found by a provider that is gone. */
  void inherit() {
    inherited.addAll(groups.keySet());
  }

  /** Forgets what nobody has confirmed since {@link #inherit}; whether there was any. */
  boolean dropInherited() {
    groups.keySet().removeAll(inherited);
    boolean any = !inherited.isEmpty();
    inherited.clear();
    return any;
  }

  /** Whether it may still find something, and has not so far. */
  boolean isPending() {
    return !sent && state == State.RUNNING;
  }

  List<TargetGroup> groups() {
    return List.copyOf(groups.values());
  }

  int targets() {
    int n = 0;
    for (TargetGroup g : groups.values()) {
      n += g.targets().size();
    }
    return n;
  }
}
