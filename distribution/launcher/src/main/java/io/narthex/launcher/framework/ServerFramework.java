package io.narthex.launcher.framework;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.felix.framework.FrameworkFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The framework of this process, from its start to the exit code it ends with. */
public final class ServerFramework {
  private static final Logger log = LoggerFactory.getLogger(ServerFramework.class);
  private static final String API = "io.narthex.api";

  private final Path home;
  private final Framework framework;
  private final Runnable whenReady;
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

  /**
   * A framework that is not started.
   *
   * @param home the folder of the distribution
   * @param state the folder for what the framework keeps, made if missing
   */
  public ServerFramework(Path home, Path state) throws IOException {
    this(home, state, () -> {});
  }

  /**
   * A framework that is not started.
   *
   * @param whenReady run once, when the server can answer
   */
  public ServerFramework(Path home, Path state, Runnable whenReady) throws IOException {
    this.home = home;
    this.whenReady = whenReady;
    Files.createDirectories(state);
    Path plugins = home.resolve("plugins");
    framework =
        new FrameworkFactory().newFramework(Map.copyOf(FrameworkSettings.of(state, plugins)));
  }

  /**
   * Starts all bundles, level by level; the configuration entries are there before any bundle above
   * level 1 starts.
   */
  public void start(List<String> knownPids, Map<String, Map<String, Object>> entries)
      throws IOException, BundleException, InvalidSyntaxException {
    BundleList list = BundleList.read(home.resolve("bundles"));
    framework.init();
    BundleContext context = framework.getBundleContext();
    context.addFrameworkListener(this::logged);
    context.addBundleListener(new ClassLocks(context));
    Bundle api = install(context, list);
    framework.start();
    ExitService exit = new ExitService(api, context, exitCode::complete);
    exit.register();
    context.addBundleListener(exit);
    ReadyAnnouncement.listen(context, whenReady);
    ConfigurationEntries.write(context, knownPids, entries);
    CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
    framework
        .adapt(FrameworkStartLevel.class)
        .setStartLevel(list.highestLevel() + 1, event -> started.complete(null));
    started.join();
  }

  private static Bundle install(BundleContext context, BundleList list)
      throws IOException, BundleException {
    Bundle api = null;
    for (BundleList.Entry entry : list.entries()) {
      Bundle bundle = context.installBundle(entry.location());
      bundle.adapt(BundleStartLevel.class).setStartLevel(entry.level());
      if (API.equals(bundle.getSymbolicName())) {
        api = bundle;
      }
      if (bundle.getHeaders("").get("Fragment-Host") == null) {
        bundle.start(Bundle.START_ACTIVATION_POLICY);
      }
    }
    if (api == null) {
      throw new IOException("the distribution has no bundle " + API);
    }
    return api;
  }

  private void logged(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.ERROR) {
      log.atError()
          .addKeyValue("bundle", event.getBundle())
          .setCause(event.getThrowable())
          .log("Error of a bundle");
    }
  }

  /** The framework, for those who embed the server. */
  public Framework framework() {
    return framework;
  }

  /**
   * Waits until the run group has said how the process ends, and stops the framework. Somebody may
   * also stop the framework itself, from the shell or the console: then nothing has failed.
   */
  public int awaitExit() throws InterruptedException, BundleException {
    Thread.ofVirtual().name("framework end").start(this::exitWhenStopped);
    try {
      int code = exitCode.get();
      framework.stop();
      framework.waitForStop(0);
      return code;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void exitWhenStopped() {
    try {
      if (framework.waitForStop(0).getType() == FrameworkEvent.STOPPED) {
        exitCode.complete(0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
