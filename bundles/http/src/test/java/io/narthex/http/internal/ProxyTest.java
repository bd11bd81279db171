package io.narthex.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.config.ProxyConfig;
import io.narthex.api.config.Secret;
import io.narthex.api.http.HttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxyTest extends ClientTest {

  private RawServer target() throws Exception {
    return serving(RawServer.answering(p -> p.answer("200 OK", "there")));
  }

  private static HttpClientConfig through(RawServer proxy, String noProxy) {
    return proxy(new ProxyConfig("http://127.0.0.1:" + proxy.port(), noProxy, false, Map.of()));
  }

  @Test
  void plainRequestsAreHandedToTheProxyWhole() throws Exception {
    RawServer proxy = serving(RawServer.answering(p -> p.answer("200 OK", "by proxy")));
    assertThat(body(client(through(proxy, "")), URI.create("http://nowhere.test/x?y=1")))
        .isEqualTo("by proxy");
    assertThat(proxy.requests().getFirst())
        .startsWith("GET http://nowhere.test/x?y=1 HTTP/1.1")
        .contains("Host: nowhere.test");
  }

  @Test
  void excludedHostsAreReachedDirectly() throws Exception {
    RawServer there = target();
    RawServer proxy = serving(RawServer.answering(p -> p.answer("200 OK", "by proxy")));
    assertThat(body(client(through(proxy, "example.test,127.0.0.0/8")), there.uri("/")))
        .isEqualTo("there");
    assertThat(proxy.requests()).isEmpty();
  }

  @Test
  void tlsGoesThroughATunnel() throws Exception {
    RawServer there =
        serving(
            RawServer.tls(
                "server.pem",
                "server.key",
                false,
                p -> {
                  while (!p.head().isEmpty()) {
                    p.answer("200 OK", "tunnelled");
                  }
                }));
    RawServer proxy = tunnel();
    HttpClientConfig plain =
        proxy(
            new ProxyConfig(
                "http://127.0.0.1:" + proxy.port(),
                "",
                false,
                Map.of("X-Tunnel", List.of(new Secret("key")))));
    HttpClientConfig config =
        new HttpClientConfig(
            null,
            null,
            null,
            trusting(RawServer.text("ca.pem"), "", "", ""),
            true,
            true,
            plain.proxy(),
            Map.of());
    assertThat(body(client(config), there.uri("/"))).isEqualTo("tunnelled");
    assertThat(proxy.requests().getFirst())
        .startsWith("CONNECT 127.0.0.1:" + there.port())
        .contains("X-Tunnel: key");
  }

  @Test
  void aProxyThatRefusesIsNamed() throws Exception {
    RawServer proxy =
        serving(RawServer.answering(p -> p.answer("403 Forbidden", "no", "Connection: close")));
    try (HttpClient client = client(through(proxy, ""))) {
      assertThatThrownBy(() -> client.send(get(URI.create("https://nowhere.test/"))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Forbidden");
    }
  }

  @Test
  void aSocksProxyIsToldTheHost() throws Exception {
    RawServer there = target();
    RawServer proxy = socks(there.port());
    ProxyConfig socks = new ProxyConfig("socks5://127.0.0.1:" + proxy.port(), "", false, Map.of());
    HttpClient client = client(proxy(socks));
    assertThat(body(client, URI.create("http://nowhere.test:81/x"))).isEqualTo("there");
    assertThat(proxy.requests()).containsExactly("nowhere.test:81");
    assertThat(there.requests().getFirst())
        .startsWith("GET /x HTTP/1.1")
        .contains("Host: nowhere.test:81");
  }

  /** A SOCKS5 proxy (RFC 1928) without authentication, which connects to one port only. */
  private RawServer socks(int port) throws Exception {
    RawServer[] self = new RawServer[1];
    self[0] =
        serving(
            RawServer.plain(p -> {
              byte[] greeting = p.in().readNBytes(2);
              assertThat(greeting[0]).isEqualTo((byte) 5);
              assertThat(p.in().readNBytes(greeting[1])).contains(0);
              p.out().write(new byte[] {5, 0});
              assertThat(p.in().readNBytes(4)).containsExactly(5, 1, 0, 3);
              String host = new String(p.in().readNBytes(p.in().read()), StandardCharsets.US_ASCII);
              byte[] at = p.in().readNBytes(2);
              self[0].heads.add(host + ":" + ((at[0] & 0xFF) * 256 + (at[1] & 0xFF)));
              try (Socket there = new Socket("127.0.0.1", port)) {
                p.out().write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
                Thread up = Thread.ofVirtual().start(() -> pump(p.in(), there));
                there.getInputStream().transferTo(p.out());
                up.join();
              }
            }));
    return self[0];
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aProxyIsSpokenToOverTls(boolean http2) throws Exception {
    RawServer there =
        serving(
            RawServer.tls(
                "server.pem",
                "server.key",
                false,
                p -> {
                  for (String head = p.head(); !head.isEmpty(); head = p.head()) {
                    p.answer("200 OK", head.contains("X-Tunnel") ? "told" : "tunnelled");
                  }
                }));
    RawServer[] proxy = new RawServer[1];
    proxy[0] =
        serving(RawServer.tls("server.pem", "server.key", false, p -> connect(p, proxy[0].heads)));
    ProxyConfig secret =
        new ProxyConfig(
            "https://user:pass@127.0.0.1:" + proxy[0].port(),
            "",
            false,
            Map.of("X-Tunnel", List.of(new Secret("key"), new Secret("other"))));
    HttpClient client =
        client(
            new HttpClientConfig(
                null,
                null,
                null,
                trusting(RawServer.text("ca.pem"), "", "", ""),
                true,
                http2,
                secret,
                Map.of()));
    assertThat(body(client, there.uri("/"))).isEqualTo("tunnelled");
    assertThat(proxy[0].requests().getFirst())
        .startsWith("CONNECT 127.0.0.1:" + there.port())
        .contains("Proxy-Authorization: Basic dXNlcjpwYXNz\r\n")
        .contains("X-Tunnel: key\r\n")
        .contains("X-Tunnel: other\r\n");
  }

  @Test
  void plainRequestsGoToAProxyOverTlsToo() throws Exception {
    RawServer[] proxy = new RawServer[1];
    proxy[0] =
        serving(
            RawServer.tls(
                "server.pem",
                "server.key",
                false,
                p -> proxy[0].each(p, q -> q.answer("200 OK", "by proxy"))));
    ProxyConfig secret =
        new ProxyConfig(
            "https://user:pass@127.0.0.1:" + proxy[0].port(),
            "",
            false,
            Map.of("X-Tunnel", List.of(new Secret("key"))));
    HttpClient client =
        client(
            new HttpClientConfig(
                null,
                null,
                null,
                trusting(RawServer.text("ca.pem"), "", "", ""),
                true,
                true,
                secret,
                Map.of()));
    assertThat(body(client, URI.create("http://nowhere.test/x"))).isEqualTo("by proxy");
    assertThat(proxy[0].requests().getFirst())
        .startsWith("GET http://nowhere.test/x HTTP/1.1")
        .contains("Proxy-Authorization: Basic dXNlcjpwYXNz\r\n")
        .doesNotContain("X-Tunnel");
  }

  @Test
  void aProxyOfAnUnknownAuthorityIsRefused() throws Exception {
    RawServer proxy =
        serving(RawServer.tls("server.pem", "server.key", false, RawServer.Peer::head));
    HttpClient client =
        client(proxy(new ProxyConfig("https://127.0.0.1:" + proxy.port(), "", false, Map.of())));
    assertThatThrownBy(() -> client.send(get(URI.create("https://nowhere.test/"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("certificate signed by unknown authority");
  }

  private RawServer tunnel() throws Exception {
    RawServer[] self = new RawServer[1];
    self[0] = serving(RawServer.plain(p -> connect(p, self[0].heads)));
    return self[0];
  }

  /** Answers CONNECT as a proxy does, and then passes bytes both ways. */
  private static void connect(RawServer.Peer p, Queue<String> heads) throws Exception {
    String head = p.head();
    heads.add(head);
    String authority = head.split(" ")[1];
    int port = Integer.parseInt(authority.substring(authority.indexOf(':') + 1));
    try (Socket there = new Socket("127.0.0.1", port)) {
      p.send("HTTP/1.1 200 Connection established\r\n\r\n");
      Thread up = Thread.ofVirtual().start(() -> pump(p.in(), there));
      there.getInputStream().transferTo(p.out());
      up.join();
    }
  }

  private static void pump(InputStream from, Socket to) {
    try {
      OutputStream out = to.getOutputStream();
      from.transferTo(out);
      to.shutdownOutput();
    } catch (IOException e) {
      // One side closed, which is how tunnels end.
      assertThat(e).isNotNull();
    }
  }
}
