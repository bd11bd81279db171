package io.narthex.launcher.framework;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;

/**
 * The service by which the run group ends the process. Its type belongs to the api bundle, which
 * this class path does not have: the service is a proxy of the bundle's own class, made again
 * should the bundle be updated.
 */
final class ExitService implements SynchronousBundleListener {
  private static final String TYPE = "io.narthex.api.lifecycle.ProcessExit";

  private final Bundle api;
  private final BundleContext context;
  private final IntConsumer exit;
  private @Nullable Class<?> type;
  private @Nullable ServiceRegistration<?> registration;

  ExitService(Bundle api, BundleContext context, IntConsumer exit) {
    this.api = api;
    this.context = context;
    this.exit = exit;
  }

  /** Registers the service. */
  synchronized void register() {
    Class<?> current;
    try {
      current = api.loadClass(TYPE);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(api + " has no " + TYPE, e);
    }
    if (current == type) {
      return;
    }
    if (registration != null) {
      registration.unregister();
    }
    Object service =
        Proxy.newProxyInstance(current.getClassLoader(), new Class<?>[] {current}, handler());
    registration = context.registerService(TYPE, service, null);
    type = current;
  }

  private InvocationHandler handler() {
    return (proxy, method, arguments) -> answer(proxy, method, arguments);
  }

  @SuppressWarnings("ReferenceEquality") // A proxy is equal to itself alone.
  private @Nullable Object answer(Object proxy, Method method, Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "exit" -> {
        exit.accept((Integer) Objects.requireNonNull(arguments)[0]);
        yield null;
      }
      case "equals" -> proxy == Objects.requireNonNull(arguments)[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> "process exit";
      default -> throw new UnsupportedOperationException(method.toString());
    };
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    if (event.getType() == BundleEvent.RESOLVED && event.getBundle().equals(api)) {
      register();
    }
  }
}
