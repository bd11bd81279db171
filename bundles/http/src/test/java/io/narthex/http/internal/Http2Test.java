package io.narthex.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.config.ProxyConfig;
import io.narthex.api.config.Secret;
import io.narthex.api.config.TlsConfig;
import io.narthex.api.http.HttpClient;
import io.narthex.api.http.HttpResponse;
import io.narthex.http.internal.tls.Pem;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is spoken with a server that speaks both. */
class Http2Test extends ClientTest {
  private Server server;
  private URI uri;

  @BeforeEach
  void startServer() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        Pem.privateKey(RawServer.resource("server.key")),
        new char[0],
        Pem.certificates(RawServer.resource("server.pem")).toArray(X509Certificate[]::new));
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(store);
    tls.setKeyStorePassword("");
    tls.setSniRequired(false);
    HttpConfiguration http = new HttpConfiguration();
    server = new Server();
    ServerConnector connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(tls, "alpn"),
            new ALPNServerConnectionFactory("h2", "http/1.1"),
            new HTTP2ServerConnectionFactory(http),
            new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            String protocol = request.getConnectionMetaData().getHttpVersion().asString();
            response.write(true, ByteBuffer.wrap(protocol.getBytes(US_ASCII)), callback);
            return true;
          }
        });
    server.start();
    uri = URI.create("https://127.0.0.1:" + connector.getLocalPort() + "/m");
  }

  private static final java.nio.charset.Charset US_ASCII =
      java.nio.charset.StandardCharsets.US_ASCII;

  @AfterEach
  void stopServer() throws Exception {
    server.stop();
  }

  private HttpClient speaking(boolean http2) throws Exception {
    TlsConfig insecure =
        new TlsConfig("", "", Secret.NONE, "", "", "", "", "", "", "", true, "", "");
    return client(
        new HttpClientConfig(null, null, null, insecure, true, http2, ProxyConfig.NONE, Map.of()));
  }

  @Test
  void http2IsAgreedOnWhereBothCan() throws Exception {
    HttpClient client = speaking(true);
    for (int i = 0; i < 3; i++) {
      try (HttpResponse r = client.send(get(uri))) {
        assertThat(r.statusText()).isEqualTo("200 OK");
        assertThat(text(r)).isEqualTo("HTTP/2.0");
      }
    }
    assertThat(counter("established", "test")).isEqualTo(1);
  }

  @Test
  void http1IsSpokenWhereHttp2IsOff() throws Exception {
    assertThat(body(speaking(false), uri)).isEqualTo("HTTP/1.1");
  }
}
