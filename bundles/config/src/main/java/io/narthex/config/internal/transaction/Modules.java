package io.narthex.config.internal.transaction;

import io.narthex.api.config.Reconfigurable;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The modules that are there. */
final class Modules {

  private static final Comparator<Module> ORDER =
      Comparator.comparingInt(Module::order).thenComparingLong(Module::arrival);

  private final Map<Reconfigurable, Module> modules = new IdentityHashMap<>();
  private long arrivals;

  synchronized Module add(Reconfigurable service, int order) {
    Module module = new Module(service, order, arrivals++);
    modules.put(service, module);
    return module;
  }

  synchronized @Nullable Module remove(Reconfigurable service) {
    Module module = modules.remove(service);
    if (module != null) {
      module.leave();
    }
    return module;
  }

  /** In the order in which they are prepared and committed. */
  synchronized List<Module> inOrder() {
    return modules.values().stream().sorted(ORDER).toList();
  }
}
