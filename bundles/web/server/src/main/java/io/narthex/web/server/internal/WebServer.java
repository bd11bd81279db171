package io.narthex.web.server.internal;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.lifecycle.ForgottenWork;
import io.narthex.api.telemetry.Metrics;
import io.narthex.api.web.Users;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jetty with its listeners and what every request passes before it reaches a servlet. */
final class WebServer {

  private static final Logger log = LoggerFactory.getLogger(WebServer.class);

  private static final int MAX_HEADER_BYTES = 128 * 1024;

  /** How long requests under way may take to end when the server stops. */
  private static final long STOP_MILLIS = 5_000;

  private final WebSettings settings;
  private final Listeners listeners;
  private final WebConfigFile file;
  private final WebContent content;
  private final ReadDeadline deadline;
  private final Server server;
  private final boolean secure;
  private final List<ServerConnector> connectors = new ArrayList<>();

  /**
   * Nothing is answered yet.
   *
   * @param listeners bound already, closed with the server
   * @throws ConfigurationException if the web configuration file can't be used
   */
  WebServer(
      WebSettings settings,
      Listeners listeners,
      WebConfigFile file,
      Users users,
      WebContent content,
      Metrics metrics,
      LongSupplier nanoTime)
      throws ConfigurationException {
    this.settings = settings;
    this.listeners = listeners;
    this.file = file;
    this.content = content;
    WebConfig config = file.current();
    secure = config.tls() != null;
    server = new Server(threads(listeners.channels().size()));
    server.setStopTimeout(STOP_MILLIS);
    server.setErrorHandler(new PlainErrors());
    deadline = new ReadDeadline(settings.readTimeout(), nanoTime);
    Guard guard = new Guard(file, users, new RequestRate(nanoTime));
    RequestMetrics counted = new RequestMetrics(metrics, nanoTime);
    RoutePrefix prefix = new RoutePrefix(settings.routePrefix());
    prefix.setHandler(content.handler());
    counted.setHandler(prefix);
    guard.setHandler(counted);
    HangUps hangUps = new HangUps(new TcpTable(Path.of("/proc/self/net")));
    hangUps.setHandler(guard);
    deadline.setHandler(hangUps);
    server.setHandler(new GracefulHandler(deadline));
    for (int i = 0; i < listeners.channels().size(); i++) {
      connectors.add(connector(config));
    }
    connectors.forEach(server::addConnector);
    server.addBean(
        new NetworkConnectionLimit(
            settings.maxConnections(), connectors.toArray(ServerConnector[]::new)));
    countConnections(metrics);
  }

  /** A few platform threads for the selectors; requests run on virtual ones. */
  private static QueuedThreadPool threads(int listeners) {
    QueuedThreadPool pool = new QueuedThreadPool(2 * listeners + 6, 1, 10_000);
    pool.setName("web");
    pool.setReservedThreads(0);
    ThreadFactory virtual = Thread.ofVirtual().name("web-", 0).factory();
    pool.setVirtualThreadsExecutor(task -> virtual.newThread(new ForgottenWork(task)).start());
    return pool;
  }

  private ServerConnector connector(WebConfig config) throws ConfigurationException {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    HttpConnectionFactory http1 = new HttpConnectionFactory(http);
    List<ConnectionFactory> factories = new ArrayList<>();
    if (!secure) {
      factories.add(http1);
    } else {
      SecureRequestCustomizer customizer = new SecureRequestCustomizer();
      customizer.setSniHostCheck(false);
      http.addCustomizer(customizer);
      ReloadingTls tls = new ReloadingTls(file);
      if (config.http2()) {
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory("h2", "http/1.1");
        alpn.setDefaultProtocol(http1.getProtocol());
        HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http);
        factories.add(new SslConnectionFactory(tls, alpn.getProtocol()));
        factories.add(alpn);
        factories.add(http2);
      } else {
        factories.add(new SslConnectionFactory(tls, http1.getProtocol()));
      }
      factories.add(http1);
    }
    // No acceptor threads: one selector accepts and reads.
    ServerConnector connector =
        new ServerConnector(
            server, null, null, null, 0, 1, factories.toArray(ConnectionFactory[]::new));
    connector.setIdleTimeout(settings.readTimeout());
    return connector;
  }

  private void countConnections(Metrics metrics) {
    Metrics.Counter accepted =
        metrics
            .counters(
                "net_conntrack_listener_conn_accepted_total",
                "Total number of connections opened to the listener of a given name.",
                "listener_name")
            .with("http");
    Metrics.Counter closed =
        metrics
            .counters(
                "net_conntrack_listener_conn_closed_total",
                "Total number of connections closed that were made to the listener of a given name.",
                "listener_name")
            .with("http");
    SelectorManager.AcceptListener listener =
        new SelectorManager.AcceptListener() {
          @Override
          public void onAccepted(SelectableChannel channel) {
            accepted.increment();
          }

          @Override
          public void onClosed(SelectableChannel channel) {
            closed.increment();
          }
        };
    connectors.forEach(c -> c.addBean(listener));
  }

  boolean secure() {
    return secure;
  }

  /** Begins to answer on the listeners. */
  void start() throws Exception {
    try {
      for (int i = 0; i < connectors.size(); i++) {
        connectors.get(i).open(listeners.channels().get(i));
      }
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      // Jetty finds its parts for HTTP/2 through the context class loader.
      thread.setContextClassLoader(WebServer.class.getClassLoader());
      try {
        server.start();
      } finally {
        thread.setContextClassLoader(before);
      }
      content.open();
      deadline.watch(connectors.getFirst().getScheduler(), this::connections);
    } catch (Exception e) {
      stop();
      throw e;
    }
    for (InetSocketAddress address : listeners.addresses()) {
      log.atInfo().addKeyValue("address", text(address)).log("Listening on");
      log.atInfo()
          .addKeyValue("http2", secure && file.current().http2())
          .addKeyValue("address", text(address))
          .log(secure ? "TLS is enabled." : "TLS is disabled.");
    }
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private List<EndPoint> connections() {
    List<EndPoint> all = new ArrayList<>();
    connectors.forEach(c -> all.addAll(c.getConnectedEndPoints()));
    return all;
  }

  /** Lets requests under way end for a while, then closes everything. */
  void stop() throws Exception {
    deadline.cancel();
    try {
      content.close();
    } finally {
      server.stop();
      connectors.forEach(ServerConnector::close);
      // Without acceptor threads connectors leave their sockets to selectors that may not run.
      listeners.close();
      server.destroy();
    }
  }
}
