package io.narthex.discovery.manager.internal;

import io.narthex.api.discovery.DiscoveryView.SectionStatus;
import io.narthex.api.discovery.DiscoveryView.State;
import io.narthex.api.discovery.TargetGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sources by their settings, and the sets that use them. Guarded by the manager's lock. */
final class Sources {

  private final Map<Key, Source> byKey = new LinkedHashMap<>();
  private Map<String, List<Source>> sets = new LinkedHashMap<>();
  private long nextNumber;

  /** All of them, as they are now. */
  List<Source> all() {
    return List.copyOf(byKey.values());
  }

  Set<String> setNames() {
    return sets.keySet();
  }

  boolean contains(Source source) {
    return byKey.containsValue(source);
  }

  void remove(Source source) {
    byKey.values().remove(source);
  }

  void clear() {
    byKey.clear();
    sets = new LinkedHashMap<>();
  }

  /** Begins to use other sets; no source belongs to any of them yet. */
  void use(List<String> names) {
    byKey.values().forEach(s -> s.sets.clear());
    sets = new LinkedHashMap<>();
    names.forEach(n -> sets.put(n, new ArrayList<>()));
  }

  /**
   * The source of a planned section, made if it is new, as one of the section's set.
   *
   * <p>It is filed under the new key and with the new text, though equal: the old ones are objects
   * of the configuration's bundle as it was, and would keep it in memory after an update.
   */
  Source take(Planned p) {
    Source source = byKey.remove(p.key());
    if (source == null) {
      source = new Source(p.kind(), p.kind() + "/" + nextNumber++, p.node());
    }
    source.node = p.node();
    byKey.put(p.key(), source);
    source.sets.add(p.set());
    List<Source> ofSet = sets.get(p.set());
    if (ofSet != null && !ofSet.contains(source)) {
      ofSet.add(source);
    }
    return source;
  }

  /** Files a source under other settings; where equal ones are there, its sets join them. */
  void rekey(Source source, Key key) {
    Source equal = byKey.get(key);
    if (equal == source) {
      return;
    }
    byKey.values().remove(source);
    if (equal == null) {
      byKey.put(key, source);
      return;
    }
    equal.sets.addAll(source.sets);
    for (List<Source> ofSet : sets.values()) {
      if (ofSet.remove(source) && !ofSet.contains(equal)) {
        ofSet.add(equal);
      }
    }
  }

  /** How many sections have failed. */
  int failed() {
    int n = 0;
    for (Source s : byKey.values()) {
      n += s.state == State.FAILED ? s.sets.size() : 0;
    }
    return n;
  }

  /** Whether a set's first targets are still being looked for. */
  boolean anyPending() {
    return sets.values().stream().anyMatch(Sources::isPending);
  }

  boolean anySettled() {
    return sets.values().stream().anyMatch(s -> !isPending(s));
  }

  private static boolean isPending(List<Source> ofSet) {
    return !ofSet.isEmpty() && ofSet.stream().allMatch(Source::isPending);
  }

  /** Targets by set; sets whose first targets are still being looked for are left out. */
  Map<String, List<TargetGroup>> targets() {
    Map<String, List<TargetGroup>> targets = new LinkedHashMap<>();
    sets.forEach((set, ofSet) -> {
      if (!isPending(ofSet)) {
        List<TargetGroup> groups = new ArrayList<>();
        ofSet.forEach(s -> groups.addAll(s.groups()));
        targets.put(set, groups);
      }
    });
    return targets;
  }

  /** What is used by any set, for people. */
  List<SectionStatus> sections(String manager) {
    return byKey.values().stream()
        .filter(s -> !s.sets.isEmpty())
        .map(s ->
            new SectionStatus(
                manager,
                s.kind,
                s.name,
                List.copyOf(s.sets),
                s.bundle,
                s.state,
                s.targets(),
                s.lastUpdate,
                s.lastError))
        .toList();
  }
}
