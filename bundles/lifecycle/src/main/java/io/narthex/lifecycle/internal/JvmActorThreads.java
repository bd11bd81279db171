package io.narthex.lifecycle.internal;

import io.narthex.api.lifecycle.ForgottenWork;

/**
 * Threads of the JVM. Actors get platform threads: there are a dozen, some work long without ever
 * blocking (a replay of the log), which would take a carrier from the virtual ones, and all of them
 * should show in a thread dump under their names. An interrupt is short, so it gets a virtual one.
 */
final class JvmActorThreads implements ActorThreads {

  @Override
  public void start(Start start) {
    Thread thread =
        Thread.ofPlatform()
            .name(start.name())
            // An actor that was given up must not keep the process alive.
            .daemon(true)
            .inheritInheritableThreadLocals(false)
            .unstarted(() -> run(start));
    // Nobody's in particular: threads that the actor makes inherit it, also those of other bundles
    // that it calls, and the loader of a bundle would outlive the bundle in them.
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    thread.start();
  }

  private static void run(Start start) {
    if (!start.begin()) {
      start.end(null);
      return;
    }
    try {
      start.actor().execute();
    } catch (Throwable e) {
      start.end(e);
      return;
    }
    start.end(null);
  }

  @Override
  public void interrupt(String name, Runnable interrupt) {
    Thread.ofVirtual().name("interrupt " + name).start(new ForgottenWork(interrupt));
  }
}
