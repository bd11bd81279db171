package io.narthex.itest.framework;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * What a framework looks like once it has settled: which bundles and components are there, which
 * services they offer, and which actors run.
 */
record EndState(
    Map<String, Integer> bundles,
    Map<String, Integer> components,
    Map<String, Integer> services,
    Collection<String> actors) {

  private static final int UNSATISFIED_CONFIGURATION = 1;
  private static final int SATISFIED = 4;
  private static final int ACTIVE = 8;

  /** So many looks must be alike. */
  private static final int QUIET = 60;

  static EndState of(RunningFramework framework) {
    Map<String, Integer> bundles = new TreeMap<>();
    for (Bundle bundle : framework.context().getBundles()) {
      bundles.put(bundle.getSymbolicName(), bundle.getState());
    }
    return new EndState(
        bundles, components(framework), services(framework), framework.runningActors());
  }

  /** States by component; one that is only used later counts as one that is active. */
  private static Map<String, Integer> components(RunningFramework framework) {
    Map<String, Integer> components = new TreeMap<>();
    Object runtime =
        framework.anyService("org.osgi.service.component.runtime.ServiceComponentRuntime");
    Object noBundles = java.lang.reflect.Array.newInstance(Bundle.class, 0);
    for (Object description :
        (Collection<?>) Reflect.call(runtime, "getComponentDescriptionDTOs", noBundles)) {
      String name = (String) Reflect.field(description, "name");
      for (Object one :
          (Collection<?>) Reflect.call(runtime, "getComponentConfigurationDTOs", description)) {
        int state = (Integer) Reflect.field(one, "state");
        if (state != UNSATISFIED_CONFIGURATION) {
          components.merge(name, state == ACTIVE ? SATISFIED : state, Math::max);
        }
      }
    }
    return components;
  }

  private static Map<String, Integer> services(RunningFramework framework) {
    Map<String, Integer> services = new TreeMap<>();
    for (Bundle bundle : framework.context().getBundles()) {
      ServiceReference<?>[] registered = bundle.getRegisteredServices();
      if (registered == null || bundle.getBundleId() == 0) {
        continue;
      }
      for (ServiceReference<?> reference : registered) {
        String[] types = (String[]) reference.getProperty(Constants.OBJECTCLASS);
        services.merge(
            bundle.getSymbolicName() + " " + new TreeSet<>(Arrays.asList(types)), 1, Integer::sum);
      }
    }
    return services;
  }

  /** Waits until the framework looks so. */
  void awaitIn(RunningFramework framework) {
    Await.until("the same end state as before: " + this, () -> of(framework), this::equals);
  }

  /** Waits until the server is ready and nothing changes any more. */
  static EndState settled(RunningFramework framework) {
    framework.awaitReady();
    List<EndState> last = new java.util.ArrayList<>();
    return Await.until(
        "a framework that has settled",
        () -> {
          last.add(of(framework));
          return last.getLast();
        },
        state ->
            last.size() > QUIET
                && last.subList(last.size() - QUIET, last.size()).stream().allMatch(state::equals));
  }
}
