package io.narthex.telemetry.internal;

import io.narthex.api.telemetry.Metrics.Collector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;

/**
 * All families of all bundles, by name. A family stays as long as anybody who registered it has not
 * given it back.
 */
@Component(service = MetricRegistry.class)
public final class MetricRegistry {

  /** A family and how many registrations hold it. */
  private static final class Held {
    final MetricFamily family;
    int holders;

    Held(MetricFamily family) {
      this.family = family;
    }
  }

  private final Map<String, Held> families = new TreeMap<>();

  /** The family for the spec, made if it is new; every call is matched by one {@link #release}. */
  synchronized StoredFamily stored(MetricSpec spec) {
    Held held = families.get(spec.name());
    if (held == null) {
      held = new Held(new StoredFamily(spec));
      families.put(spec.name(), held);
    }
    if (!(held.family instanceof StoredFamily stored) || !stored.spec().agreesWith(spec)) {
      throw conflict(held.family.spec());
    }
    held.holders++;
    return stored;
  }

  /** As {@link #stored}, for values that are asked for; undone by {@link #release} too. */
  synchronized AskedFamily asked(MetricSpec spec, Collector collector) {
    Held held = families.get(spec.name());
    if (held == null) {
      held = new Held(new AskedFamily(spec));
      families.put(spec.name(), held);
    }
    if (!(held.family instanceof AskedFamily asked) || !asked.spec().agreesWith(spec)) {
      throw conflict(held.family.spec());
    }
    held.holders++;
    asked.add(collector);
    return asked;
  }

  private static IllegalArgumentException conflict(MetricSpec existing) {
    return new IllegalArgumentException(
        "the metric " + existing.name() + " is registered already with another type or labels");
  }

  synchronized void release(MetricFamily family) {
    Held held = families.get(family.spec().name());
    if (held != null && held.family == family && --held.holders == 0) {
      families.remove(family.spec().name());
    }
  }

  /** The families by name. */
  synchronized List<MetricFamily> families() {
    List<MetricFamily> all = new ArrayList<>(families.size());
    families.values().forEach(h -> all.add(h.family));
    return all;
  }
}
