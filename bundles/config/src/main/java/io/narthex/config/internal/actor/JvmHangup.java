package io.narthex.config.internal.actor;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP through {@code sun.misc.Signal}, by reflection: the compiler warns of that class in a way
 * that cannot be silenced, and so the bundle needs no package from the framework's class path.
 */
public final class JvmHangup implements Hangup {

  private static final Logger LOG = LoggerFactory.getLogger(JvmHangup.class);

  @Override
  public Registration handle(Runnable handler) {
    try {
      ClassLoader platform = ClassLoader.getPlatformClassLoader();
      Class<?> signalType = Class.forName("sun.misc.Signal", true, platform);
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler", true, platform);
      Method handle = signalType.getMethod("handle", signalType, handlerType);
      Object signal = signalType.getConstructor(String.class).newInstance("HUP");
      Object proxy =
          Proxy.newProxyInstance(
              handlerType.getClassLoader(),
              new Class<?>[] {handlerType},
              (self, method, args) -> answer(self, method, args, handler));
      Object before = handle.invoke(null, signal, proxy);
      return () -> restore(handle, signal, before);
    } catch (InvocationTargetException e) {
      LOG.atWarn()
          .addKeyValue("err", String.valueOf(e.getTargetException().getMessage()))
          .log("SIGHUP cannot be handled");
      return () -> {};
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM has no module jdk.unsupported", e);
    }
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
      default -> "signal handler of the configuration";
    };
  }

  private static void restore(Method handle, Object signal, Object before) {
    try {
      Object unused = handle.invoke(null, signal, before);
    } catch (ReflectiveOperationException e) {
      LOG.atWarn().setCause(e).log("The former handler of SIGHUP could not be put back");
    }
  }
}
