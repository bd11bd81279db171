package io.narthex.http.internal.net;

import io.narthex.http.internal.tls.TlsContext;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.ProxyAuthenticationProtocolHandler;
import org.eclipse.jetty.client.RedirectProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * A Jetty client on the shared connector with TLS of its own, and without everything that would act
 * on its own: redirects, authentication, cookies, decompression.
 */
@SuppressWarnings("try") // Jetty's close() throws Exception; stop() is what is called.
final class JettyClient extends HttpClient {
  static final Duration IDLE_TIMEOUT = Duration.ofMinutes(5);

  /** Attribute of a request: the host to dial, which is none to {@link java.net.URI}. */
  static final String ODD_HOST = "io.narthex.host";

  private static final int MAX_HEADER_BYTES = 10 << 20;
  private static final int MAX_CONNECTIONS = 20_000;
  private static final int WINDOW = 1 << 20;

  private final Dialer dialer;
  private final TlsContext tls;
  private final Duration handshakeLimit;
  private SslContextFactory.@Nullable Client sslFactory;

  private JettyClient(
      DynamicTransport transport, TlsContext tls, Dialer dialer, Duration handshakeLimit) {
    super(transport);
    this.handshakeLimit = handshakeLimit;
    this.tls = tls;
    this.dialer = dialer;
  }

  static JettyClient start(
      Engine engine, String name, TlsContext tls, boolean http2, ProxyRules proxies, Dialer dialer)
      throws IOException {
    SharedConnector connector = engine.connector();
    JettyClient client =
        new JettyClient(transport(connector, http2), tls, dialer, engine.limits().handshake());
    client.setName(name);
    client.setSocketAddressResolver(new NameResolver(engine.lookups()));
    client.setConnectTimeout(connector.getConnectTimeout().toMillis());
    client.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    client.setMaxConnectionsPerDestination(MAX_CONNECTIONS);
    client.setMaxRequestsQueuedPerDestination(MAX_CONNECTIONS);
    client.setMaxResponseHeadersSize(MAX_HEADER_BYTES);
    client.setDestinationIdleTimeout(2 * IDLE_TIMEOUT.toMillis());
    client.setUserAgentField(null);
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    proxies.addTo(client);
    client.addBean(new PingWatch(connector.getScheduler(), engine.limits(), IDLE_TIMEOUT));
    try {
      client.start();
    } catch (Exception e) {
      throw new IOException("can't start the HTTP client: " + e.getMessage(), e);
    }
    client.getContentDecoderFactories().clear();
    client.getProtocolHandlers().remove(RedirectProtocolHandler.NAME);
    client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
    client.getProtocolHandlers().remove(ProxyAuthenticationProtocolHandler.NAME);
    return client;
  }

  private static DynamicTransport transport(SharedConnector connector, boolean http2) {
    ClientConnectionFactory.Info http1 = HttpClientConnectionFactory.HTTP11;
    if (!http2) {
      return new DynamicTransport(connector, http1);
    }
    HTTP2Client h2 = new HTTP2Client(connector);
    h2.setInitialSessionRecvWindow(WINDOW);
    h2.setInitialStreamRecvWindow(WINDOW / 2);
    h2.setMaxResponseHeadersSize(MAX_HEADER_BYTES);
    return new DynamicTransport(connector, http1, new ClientConnectionFactoryOverHTTP2.HTTP2(h2));
  }

  Dialer dialer() {
    return dialer;
  }

  @Override
  public Origin createOrigin(Request request, Origin.Protocol protocol) {
    Origin origin = super.createOrigin(request, protocol);
    Object host = request.getAttributes().get(ODD_HOST);
    return host == null
        ? origin
        : new Origin(
            origin.getScheme(),
            new Origin.Address(host.toString(), origin.getAddress().getPort()),
            origin.getTag(),
            origin.getProtocol(),
            origin.getTransport());
  }

  @Override
  public void newConnection(Destination destination, Promise<Connection> promise) {
    dialer.attempted();
    super.newConnection(
        destination,
        new Promise.Wrapper<>(promise) {
          private final AtomicBoolean told = new AtomicBoolean();

          @Override
          public void succeeded(Connection connection) {
            if (told.compareAndSet(false, true)) {
              super.succeeded(connection);
            }
          }

          /** The handshake's limit may come after the connection was handed over. */
          @Override
          public void failed(Throwable x) {
            if (told.compareAndSet(false, true)) {
              if (x instanceof DialException d) {
                dialer.failed(d.reason());
              }
              super.failed(x);
            }
          }
        });
  }

  @Override
  public ClientConnectionFactory newSslClientConnectionFactory(
      SslContextFactory.@Nullable Client factory, ClientConnectionFactory connections) {
    return new HandshakeLimit(
        super.newSslClientConnectionFactory(factory == null ? ssl() : factory, connections),
        getScheduler(),
        handshakeLimit);
  }

  /**
   * Made by the first TLS connection, as reading the system's authorities takes time and memory.
   */
  private synchronized SslContextFactory.Client ssl() {
    SslContextFactory.Client factory = sslFactory;
    if (factory == null) {
      try {
        factory = tls.newFactory();
        factory.start();
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException(e.getMessage(), e);
      } catch (Exception e) {
        throw new IllegalStateException("can't set up TLS: " + e.getMessage(), e);
      }
      addBean(factory);
      sslFactory = factory;
    }
    return factory;
  }
}
