package io.narthex.launcher.framework;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Makes Felix forget threads that have ended. Its class loaders keep a table of who defines which
 * class; where two threads ask for a class at the same moment, the second stays in that table for
 * ever (7.0.5, {@code BundleClassLoader.defineClassParallel}), and by it what the thread ran and
 * its context: the class loader of a bundle that was updated long ago. So after each change of a
 * bundle the tables are looked through, a few times, as such a thread may still run when the change
 * is over.
 */
final class ClassLocks implements BundleListener {
  private static final String LOADER =
      "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader";
  private static final int LOOKS = 30;

  private final Bundle framework;
  private final Class<?> loaderType;
  private final Field table;
  private final AtomicInteger looksLeft = new AtomicInteger();
  private final Executor later = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

  ClassLocks(BundleContext context) {
    framework = context.getBundle();
    try {
      loaderType = Class.forName(LOADER);
      table = loaderType.getDeclaredField("m_classLocks");
      table.setAccessible(true);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this is another Felix than the one that is shipped", e);
    }
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    if (looksLeft.getAndSet(LOOKS) == 0) {
      later.execute(this::look);
    }
  }

  private void look() {
    BundleContext context = framework.getBundleContext();
    if (context == null) {
      // The framework has stopped.
      return;
    }
    for (Bundle bundle : bundles(context)) {
      BundleWiring wiring = bundle.adapt(BundleWiring.class);
      if (wiring != null && loaderType.isInstance(wiring.getClassLoader())) {
        threads(wiring.getClassLoader()).values().removeIf(thread -> !thread.isAlive());
      }
    }
    if (looksLeft.decrementAndGet() > 0) {
      later.execute(this::look);
    }
  }

  private static Bundle[] bundles(BundleContext context) {
    try {
      return context.getBundles();
    } catch (IllegalStateException e) {
      // It is stopping at this moment; what it keeps goes with it.
      return new Bundle[0];
    }
  }

  @SuppressWarnings("unchecked") // As Felix declares it.
  private Map<String, Thread> threads(ClassLoader loader) {
    try {
      return (Map<String, Thread>) table.get(loader);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
