package io.narthex.itest.framework;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * Calls services of the framework, whose types this class path does not have: contracts belong to
 * the api bundle, and the tests must not bring another copy of them.
 */
final class Reflect {
  private Reflect() {}

  /** Calls a public method by name and number of arguments. */
  static Object call(Object target, String name, Object... args) {
    try {
      return method(target.getClass(), name, args.length).invoke(target, args);
    } catch (InvocationTargetException e) {
      throw new CalledFailed(e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  /** The value of a public field, as data transfer objects have them. */
  static Object field(Object target, String name) {
    try {
      return target.getClass().getField(name).get(target);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Something that implements a type of the framework. */
  static Object implement(Class<?> type, Map<String, InvocationHandler> methods) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (self, method, args) ->
            switch (method.getName()) {
              case "equals" -> isSame(self, args[0]);
              case "hashCode" -> System.identityHashCode(self);
              case "toString" -> type.getSimpleName() + " of the test";
              default -> {
                InvocationHandler handler = methods.get(method.getName());
                if (handler == null) {
                  throw new UnsupportedOperationException(method.toString());
                }
                yield handler.invoke(self, method, args);
              }
            });
  }

  // A proxy's equals must not call itself.
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(Object one, Object other) {
    return one == other;
  }

  private static Method method(Class<?> type, String name, int arguments) {
    Deque<Class<?>> open = new ArrayDeque<>();
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      open.add(c);
    }
    while (!open.isEmpty()) {
      Class<?> next = open.remove();
      if (java.lang.reflect.Modifier.isPublic(next.getModifiers())) {
        for (Method method : next.getMethods()) {
          if (method.getName().equals(name) && method.getParameterCount() == arguments) {
            return method;
          }
        }
      }
      open.addAll(java.util.List.of(next.getInterfaces()));
    }
    throw new AssertionError(type + " has no public method " + name);
  }

  /** The method that was called threw. */
  static final class CalledFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CalledFailed(Throwable cause) {
      super(cause.toString(), cause);
    }
  }
}
