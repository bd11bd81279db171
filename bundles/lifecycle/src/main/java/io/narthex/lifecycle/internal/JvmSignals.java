package io.narthex.lifecycle.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Signals through {@code sun.misc.Signal}, the JDK's only way to hear them before the JVM has
 * decided to exit. A shutdown hook would not do: the exit code after SIGTERM would stay 143.
 *
 * <p>It is called by reflection, because javac warns of it in a way that cannot be silenced, and
 * because so the bundle needs no package from the framework's class path.
 */
final class JvmSignals implements Signals {
  private final Class<?> handlerType;
  private final Method handle;
  private final Class<?> signalType;

  JvmSignals() {
    try {
      ClassLoader platform = ClassLoader.getPlatformClassLoader();
      signalType = Class.forName("sun.misc.Signal", true, platform);
      handlerType = Class.forName("sun.misc.SignalHandler", true, platform);
      handle = signalType.getMethod("handle", signalType, handlerType);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM has no module jdk.unsupported", e);
    }
  }

  @Override
  public Registration handle(String name, Runnable handler) {
    Object proxy =
        Proxy.newProxyInstance(
            handlerType.getClassLoader(),
            new Class<?>[] {handlerType},
            (self, method, args) -> answer(self, method, args, handler));
    Object before = set(name, proxy);
    return () -> set(name, before);
  }

  // A proxy's equals must not call itself.
  @SuppressWarnings("ReferenceEquality")
  private static @Nullable Object answer(
      Object self, Method method, Object[] args, Runnable handler) {
    return switch (method.getName()) {
      case "handle" -> {
        handler.run();
        yield null;
      }
      case "equals" -> self == args[0];
      case "hashCode" -> System.identityHashCode(self);
      default -> "signal handler of the run group";
    };
  }

  private Object set(String name, Object handler) {
    try {
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      return handle.invoke(null, signal, handler);
    } catch (InvocationTargetException e) {
      throw new UnsupportedOperationException(
          "SIG" + name + " cannot be handled: " + e.getTargetException().getMessage(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot handle SIG" + name, e);
    }
  }
}
