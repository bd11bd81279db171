package io.narthex.itest.framework;

import io.narthex.launcher.flags.Configurations;
import io.narthex.launcher.flags.FlagCatalogue;
import io.narthex.launcher.flags.FlagParser;
import io.narthex.launcher.flags.ParsedFlags;
import io.narthex.launcher.framework.ServerFramework;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/**
 * The distribution's own bundles in a framework inside the test, started as the program starts
 * them: on a folder of the test's, listening on a free port.
 */
final class RunningFramework implements AutoCloseable {

  /** What a test wants to be different from the distribution. */
  static final class Setup {
    private final Path folder;
    private String configuration = "global:\n  scrape_interval: 1s\n";
    private UnaryOperator<List<String>> bundles = UnaryOperator.identity();
    private final List<String> flags = new ArrayList<>();

    Setup(Path folder) {
      this.folder = folder;
    }

    /** The text of prometheus.yml. */
    Setup configuration(String yaml) {
      configuration = yaml;
      return this;
    }

    /** Changes the list of bundles; each line has a start level, a space, and the file's name. */
    Setup bundles(UnaryOperator<List<String>> change) {
      bundles = change;
      return this;
    }

    Setup flags(String... more) {
      flags.addAll(List.of(more));
      return this;
    }

    RunningFramework start() throws Exception {
      Path home = Files.createDirectories(folder.resolve("home"));
      Path shipped = distribution().resolve("bundles");
      Path mine = Files.createDirectories(home.resolve("bundles"));
      Files.createDirectories(home.resolve("plugins"));
      List<String> lines =
          bundles.apply(new ArrayList<>(Files.readAllLines(shipped.resolve("start-levels"))));
      Files.write(mine.resolve("start-levels"), lines);
      for (String line : lines) {
        String jar = line.substring(line.indexOf(' ') + 1);
        // Copies: a test may update a bundle without touching the distribution.
        Files.copy(shipped.resolve(jar), mine.resolve(jar));
      }
      Files.writeString(folder.resolve("prometheus.yml"), configuration);
      List<String> all =
          new ArrayList<>(
              List.of(
                  "--config.file=" + folder.resolve("prometheus.yml"),
                  "--storage.tsdb.path=" + folder.resolve("data"),
                  "--web.listen-address=127.0.0.1:0",
                  "--web.enable-lifecycle"));
      all.addAll(flags);
      ParsedFlags parsed = new FlagParser(FlagCatalogue.all()).parse(all.toArray(String[]::new));
      ServerFramework server = new ServerFramework(home, folder.resolve("state"));
      server.start(Configurations.pids(), Configurations.of(parsed));
      return new RunningFramework(folder, server);
    }
  }

  private final Path folder;
  private final ServerFramework server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private RunningFramework(Path folder, ServerFramework server) {
    this.folder = folder;
    this.server = server;
  }

  static Path distribution() {
    return Path.of(System.getProperty("narthex.distribution"));
  }

  Path folder() {
    return folder;
  }

  Path plugins() {
    return folder.resolve("home/plugins");
  }

  Framework framework() {
    return server.framework();
  }

  BundleContext context() {
    return server.framework().getBundleContext();
  }

  /** Waits for the run group to say how the process ends, and for the framework's own end. */
  int awaitExit() throws Exception {
    return server.awaitExit();
  }

  Bundle bundle(String symbolicName) {
    return Arrays.stream(context().getBundles())
        .filter(b -> symbolicName.equals(b.getSymbolicName()))
        .findAny()
        .orElseThrow(() -> new AssertionError("no bundle " + symbolicName));
  }

  /** The bundles of the server itself, in the order of their names. */
  List<Bundle> ownBundles() {
    return Arrays.stream(context().getBundles())
        .filter(b -> b.getSymbolicName().startsWith("io.narthex."))
        .sorted(java.util.Comparator.comparing(Bundle::getSymbolicName))
        .toList();
  }

  /** A type of the server's contracts, as the bundles see it. */
  Class<?> type(String name) {
    try {
      return bundle("io.narthex.api").loadClass("io.narthex.api." + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  boolean has(String type) {
    return context().getServiceReference("io.narthex.api." + type) != null;
  }

  /** Waits for a service of the server's contracts. */
  Object service(String type) {
    return anyService("io.narthex.api." + type);
  }

  Object anyService(String type) {
    return Await.until(
        type,
        () -> {
          ServiceReference<?> reference = context().getServiceReference(type);
          return reference == null ? null : context().getService(reference);
        },
        service -> service != null);
  }

  /** Registers an implementation of one of the server's contracts. */
  org.osgi.framework.ServiceRegistration<?> register(
      String type, Map<String, java.lang.reflect.InvocationHandler> methods, Map<String, ?> props) {
    return context()
        .registerService(
            "io.narthex.api." + type,
            Reflect.implement(type(type), methods),
            new java.util.Hashtable<>(props));
  }

  /** Waits until the web server listens, and gives its address. */
  URI url(String path) {
    List<?> listening =
        Await.until(
            "the web server to listen",
            () -> (List<?>) Reflect.call(service("web.WebServerView"), "listening"),
            list -> !list.isEmpty());
    int port = ((InetSocketAddress) listening.getFirst()).getPort();
    return URI.create("http://127.0.0.1:" + port + path);
  }

  HttpResponse<String> get(String path) throws Exception {
    return get(url(path));
  }

  HttpResponse<String> get(URI url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(url).timeout(Await.PATIENCE).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(url(path))
            .timeout(Await.PATIENCE)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Names of the actors that run, sorted. */
  List<String> runningActors() {
    Object group = service("lifecycle.RunGroup");
    return ((List<?>) Reflect.call(group, "actors"))
        .stream()
            .filter(a -> Reflect.call(a, "state").toString().equals("RUNNING"))
            .map(a -> (String) Reflect.call(a, "name"))
            .sorted()
            .toList();
  }

  /** Waits until the server says that it is ready. */
  void awaitReady() {
    Await.until(
        "the server to be ready",
        () -> Reflect.call(service("lifecycle.Readiness"), "state").toString(),
        "READY"::equals);
  }

  /** The path of the jar a bundle was shipped as. */
  static Path jar(String symbolicName) throws Exception {
    try (Stream<Path> files = Files.list(distribution().resolve("bundles"))) {
      return files
          .filter(f -> f.getFileName().toString().startsWith(symbolicName + "-"))
          .findAny()
          .orElseThrow(() -> new AssertionError("the distribution has no " + symbolicName));
    }
  }

  @Override
  public void close() throws Exception {
    http.close();
    framework().stop();
    framework().waitForStop(Await.PATIENCE.toMillis());
  }
}
