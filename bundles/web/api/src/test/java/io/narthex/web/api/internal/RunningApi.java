package io.narthex.web.api.internal;

import io.narthex.api.lifecycle.Readiness;
import io.narthex.api.telemetry.BuildInfo;
import io.narthex.api.telemetry.MetricsPage;
import io.narthex.api.web.WebServerView;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** The servlets on a Jetty of their own, with the backends that a test gives them. */
final class RunningApi implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.600Z");

  final Backends backends = new Backends();
  final AtomicBoolean gone = new AtomicBoolean();
  volatile Readiness.State state = Readiness.State.READY;
  volatile boolean agent;
  volatile boolean lifecycle;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  RunningApi(Map<String, Object> flags) throws Exception {
    backends.readiness = () -> state;
    WebServerView view = new View();
    BuildInfo build = new Build();
    ServletContextHandler context = new ServletContextHandler("/");
    ApiServlet api =
        new ApiServlet(backends, view, build, new ServerFlags(flags), InstantSource.fixed(NOW));
    context.addServlet(new ServletHolder(api), "/api/v1/*");
    ServletHolder rest = new ServletHolder(new ServerServlet(backends, view, new Page(), build));
    for (String path : List.of("/-/*", "/metrics", "/version", "/federate")) {
      context.addServlet(rest, path);
    }
    server.setHandler(
        new Handler.Wrapper(context) {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            BooleanSupplier hungUp = gone::get;
            request.setAttribute(WebServerView.GONE, hungUp);
            return super.handle(request, response, callback);
          }
        });
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.start();
  }

  RunningApi() throws Exception {
    this(Map.of());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + connector.getLocalPort() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** Status, a space, and the body of a GET. */
  String get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = send(request(path));
    return response.statusCode() + " " + response.body();
  }

  /** The same for a form that is posted. */
  String post(String path, String form) throws IOException, InterruptedException {
    HttpResponse<String> response =
        send(
            request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    return response.statusCode() + " " + response.body();
  }

  @Override
  public void close() throws Exception {
    client.close();
    server.stop();
  }

  private final class View implements WebServerView {
    @Override
    public URI externalUrl() {
      return URI.create("https://outside.example/prom");
    }

    @Override
    public String routePrefix() {
      return "/";
    }

    @Override
    public List<InetSocketAddress> listening() {
      return List.of(new InetSocketAddress("127.0.0.1", 9090));
    }

    @Override
    public boolean secure() {
      return false;
    }

    @Override
    public String pageTitle() {
      return "title";
    }

    @Override
    public String corsOrigin() {
      return "https?://good.*";
    }

    @Override
    public boolean lifecycleEnabled() {
      return lifecycle;
    }

    @Override
    public boolean agent() {
      return agent;
    }
  }

  private static final class Page implements MetricsPage {
    @Override
    public String contentType(String acceptHeader) {
      return "text/plain; version=0.0.4; charset=utf-8";
    }

    @Override
    public void write(String acceptHeader, OutputStream out) throws IOException {
      out.write("up 1\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static final class Build implements BuildInfo {
    @Override
    public String version() {
      return "0.1";
    }

    @Override
    public String compatibleVersion() {
      return "3.14.0+narthex.0.1";
    }

    @Override
    public String revision() {
      return "abc";
    }

    @Override
    public String branch() {
      return "main";
    }

    @Override
    public String buildUser() {
      return "me";
    }

    @Override
    public String buildDate() {
      return "2026-01-01T00:00:00Z";
    }

    @Override
    public String javaVersion() {
      return "java25";
    }
  }
}
