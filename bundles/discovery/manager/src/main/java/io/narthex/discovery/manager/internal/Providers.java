package io.narthex.discovery.manager.internal;

import io.narthex.api.discovery.DiscoveryProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The installed providers. Where several offer a kind, the one that came first serves, and the next
 * one when it goes. Guarded by the manager's lock.
 */
final class Providers {

  private final Map<String, List<Provider>> byKind = new LinkedHashMap<>();

  /** Adds a provider; whether it serves its kind from now on. */
  boolean add(Provider provider) {
    List<Provider> list = byKind.computeIfAbsent(provider.kind(), k -> new ArrayList<>());
    list.add(provider);
    return list.size() == 1;
  }

  /** Takes a provider away; the entry it had, null if it was unknown. */
  @Nullable Provider remove(DiscoveryProvider service) {
    for (List<Provider> list : byKind.values()) {
      for (Provider p : list) {
        if (p.service().equals(service)) {
          list.remove(p);
          if (list.isEmpty()) {
            byKind.remove(p.kind());
          }
          return p;
        }
      }
    }
    return null;
  }

  /** Who serves the kind, null if nobody does. */
  @Nullable Provider of(String kind) {
    List<Provider> list = byKind.get(kind);
    return list == null ? null : list.getFirst();
  }

  List<Provider> all() {
    List<Provider> all = new ArrayList<>();
    byKind.values().forEach(all::addAll);
    return all;
  }
}
