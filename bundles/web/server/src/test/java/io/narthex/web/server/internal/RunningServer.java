package io.narthex.web.server.internal;

import io.narthex.api.web.WebServerView;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A web server on ports of its own, with a page that says who asked. */
final class RunningServer implements AutoCloseable {

  final Path config;
  final FakeMetrics metrics = new FakeMetrics();

  /** Requests for {@code /slow} wait for it. */
  final CountDownLatch release = new CountDownLatch(1);

  /** Requests for {@code /slow} that have arrived. */
  final CountDownLatch arrived = new CountDownLatch(1);

  /** Counted down when {@code /watched} sees its client hang up. */
  final CountDownLatch hungUp = new CountDownLatch(1);

  private final Listeners listeners;
  private final WebServer server;

  RunningServer(Path folder, String config, String prefix, int connections, long readTimeout)
      throws Exception {
    this(folder, config, prefix, connections, readTimeout, System::nanoTime);
  }

  /** With time that stands still, so that what is limited by time does not depend on it. */
  static RunningServer outOfTime(Path folder, String config) throws Exception {
    return new RunningServer(folder, config, "/", 512, 60_000, () -> 0);
  }

  private RunningServer(
      Path folder,
      String config,
      String prefix,
      int connections,
      long readTimeout,
      LongSupplier nanoTime)
      throws Exception {
    this.config = folder.resolve("web.yml");
    Files.writeString(this.config, config);
    WebSettings settings =
        new WebSettings(
            List.of("127.0.0.1:0", "localhost:0"),
            this.config.toString(),
            readTimeout,
            connections,
            URI.create("http://x"),
            prefix,
            "title",
            ".*",
            false,
            false);
    WebConfigFile file = new WebConfigFile(this.config.toString());
    UserStore users = new UserStore(file, nanoTime);
    listeners = Listeners.bind(settings.listenAddresses());
    try {
      server = new WebServer(settings, listeners, file, users, new Pages(), metrics, nanoTime);
    } catch (Exception e) {
      listeners.close();
      throw e;
    }
    server.start();
  }

  RunningServer(Path folder, String config) throws Exception {
    this(folder, config, "/", 512, 60_000);
  }

  URI uri(String path) throws IOException {
    return URI.create((server.secure() ? "https" : "http") + "://localhost:" + port() + path);
  }

  int port() throws IOException {
    return addresses().getFirst().getPort();
  }

  List<InetSocketAddress> addresses() throws IOException {
    return listeners.addresses();
  }

  @Override
  public void close() throws Exception {
    release.countDown();
    server.stop();
  }

  /** Answers by path. */
  private final class Pages extends Handler.Abstract implements WebContent {
    @Override
    public Handler handler() {
      return this;
    }

    @Override
    public void open() {}

    @Override
    public void close() {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String path = request.getHttpURI().getCanonicalPath();
      if (path.endsWith("/none")) {
        return false;
      }
      request.setAttribute(WebServerView.PATTERN, "/pattern");
      if (path.endsWith("/slow")) {
        arrived.countDown();
        release.await(60, TimeUnit.SECONDS);
      }
      if (path.endsWith("/watched")) {
        arrived.countDown();
        BooleanSupplier gone = (BooleanSupplier) request.getAttribute(WebServerView.GONE);
        // Polls as its contract asks for; the latch is only a clock here.
        while (!gone.getAsBoolean() && !release.await(20, TimeUnit.MILLISECONDS)) {
          continue;
        }
        hungUp.countDown();
      }
      Object user =
          request.getAttribute(org.osgi.service.servlet.context.ServletContextHelper.REMOTE_USER);
      PlainAnswer.send(
          response,
          callback,
          200,
          "user=" + user + " http=" + request.getConnectionMetaData().getHttpVersion());
      return true;
    }
  }
}
