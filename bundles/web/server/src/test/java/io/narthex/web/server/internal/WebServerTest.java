package io.narthex.web.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebServerTest {

  /** Of {@code secret}, at the lowest cost. */
  private static final String USERS =
      "basic_auth_users:\n  alice: "
          + at.favre.lib.crypto.bcrypt.BCrypt.withDefaults().hashToString(4, "secret".toCharArray())
          + "\n";

  @TempDir Path folder;

  private static HttpResponse<String> get(HttpClient client, URI uri, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String basic(String user, String password) {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  private static String raw(int port, String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(60_000);
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      } catch (SocketException e) {
        // The server had seen enough and hung up; its answer is still to be read.
        assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe).*");
      }
      return untilClosed(socket.getInputStream());
    }
  }

  /** What comes until the end; a server that closes before it has read everything resets. */
  private static String untilClosed(InputStream in) throws IOException {
    StringBuilder out = new StringBuilder();
    try {
      for (int c = in.read(); c >= 0; c = in.read()) {
        out.append((char) c);
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
    return out.toString();
  }

  /** Waits until a metric, which is counted when the answer is on its way, has a value. */
  private static void awaitSum(RunningServer server, double value, String name, String... labels) {
    while (server.metrics.sum(name, labels) != value) {
      Thread.onSpinWait();
    }
  }

  @Test
  void answersOnEveryAddressAndCounts() throws Exception {
    try (RunningServer server = new RunningServer(folder, "");
        HttpClient client = HttpClient.newHttpClient()) {
      for (var address : server.addresses()) {
        URI uri = URI.create("http://127.0.0.1:" + address.getPort() + "/x");
        assertThat(get(client, uri).body()).isEqualTo("user=null http=HTTP/1.1\n");
      }
      assertThat(get(client, server.uri("/none")).statusCode()).isEqualTo(404);
      assertThat(get(client, server.uri("/none")).body()).isEqualTo("404 page not found\n");
      awaitSum(server, 2, "prometheus_http_requests_total", "/pattern", "200");
      awaitSum(
          server,
          2 * "user=null http=HTTP/1.1\n".length(),
          "prometheus_http_response_size_bytes",
          "/pattern");
      // One for each address; the client opens another one where it finds the first still in use.
      assertThat(server.metrics.sum("net_conntrack_listener_conn_accepted_total", "http"))
          .isBetween(2.0, 4.0);
    }
  }

  @Test
  void leadsToTheRoutePrefix() throws Exception {
    try (RunningServer server = new RunningServer(folder, "", "/prom", 512, 60_000);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> root = get(client, server.uri("/"));
      assertThat(root.statusCode()).isEqualTo(302);
      assertThat(root.headers().firstValue("Location")).contains("/prom/");
    }
  }

  @Test
  void asksForPasswordsAndSetsHeaders() throws Exception {
    String headers = "http_server_config:\n  headers:\n    X-Frame-Options: deny\n";
    try (RunningServer server = RunningServer.outOfTime(folder, USERS + headers);
        HttpClient client = HttpClient.newHttpClient()) {
      URI uri = server.uri("/x");
      HttpResponse<String> none = get(client, uri);
      assertThat(none.statusCode()).isEqualTo(401);
      assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Basic");
      assertThat(none.headers().firstValue("X-Frame-Options")).contains("deny");
      assertThat(none.body()).isEqualTo("Unauthorized\n");
      assertThat(get(client, uri, "Authorization", basic("alice", "secret")).body())
          .startsWith("user=alice ");
      assertThat(get(client, uri, "Authorization", basic("alice", "Secret")).statusCode())
          .isEqualTo(401);
      // Also what no servlet answers.
      assertThat(get(client, server.uri("/none")).statusCode()).isEqualTo(401);
      for (int i = 0; i < 9; i++) {
        get(client, uri, "Authorization", basic("alice", "guess" + i));
      }
      HttpResponse<String> limited = get(client, uri, "Authorization", basic("alice", "more"));
      assertThat(limited.statusCode()).isEqualTo(429);
      assertThat(limited.headers().firstValue("Retry-After")).isPresent();
      assertThat(get(client, uri, "Authorization", basic("alice", "secret")).statusCode())
          .isEqualTo(200);

      Files.writeString(server.config, "no_such_key: 1\n");
      assertThat(get(client, uri).statusCode()).isEqualTo(500);
      Files.writeString(server.config, "");
      assertThat(get(client, uri).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void servesTlsWithHttp2AndTakesNewCertificates() throws Exception {
    TestCertificates first = new TestCertificates(folder, "first");
    TestCertificates second = new TestCertificates(folder, "second");
    String config =
        "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n  min_version: TLS13\n";
    Files.copy(first.cert, folder.resolve("server.crt"));
    Files.copy(first.key, folder.resolve("server.key"));
    try (RunningServer server = new RunningServer(folder, config)) {
      assertThat(subject(server, Version.HTTP_2, first)).isEqualTo("CN=first HTTP_2");
      assertThat(subject(server, Version.HTTP_1_1, first)).isEqualTo("CN=first HTTP_1_1");
      Files.delete(folder.resolve("server.crt"));
      assertThatThrownBy(() -> subject(server, Version.HTTP_2, first))
          .isInstanceOf(IOException.class);
      Files.copy(second.cert, folder.resolve("server.crt"));
      Files.delete(folder.resolve("server.key"));
      Files.copy(second.key, folder.resolve("server.key"));
      assertThat(subject(server, Version.HTTP_2, second)).isEqualTo("CN=second HTTP_2");
      assertThatThrownBy(() -> subject(server, Version.HTTP_2, first))
          .isInstanceOf(SSLException.class);
      assertThat(raw(server.port(), "GET / HTTP/1.1\r\nHost: x\r\n\r\n")).doesNotContain("200");
    }
  }

  /** The subject of the certificate that the server shows, and the version it speaks. */
  private static String subject(RunningServer server, Version version, TestCertificates trusted)
      throws Exception {
    SSLContext tls = TestCertificates.client(List.of(trusted), null);
    try (HttpClient client = HttpClient.newBuilder().sslContext(tls).version(version).build()) {
      HttpResponse<String> response = get(client, server.uri("/x"));
      var peer = response.sslSession().orElseThrow().getPeerPrincipal();
      return peer + " " + response.version();
    }
  }

  @Test
  void verifiesClientCertificates() throws Exception {
    TestCertificates own = new TestCertificates(folder, "server");
    TestCertificates known = new TestCertificates(folder, "known");
    TestCertificates stranger = new TestCertificates(folder, "stranger");
    String config =
        "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n"
            + "  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: known.crt\n"
            + "  client_allowed_sans: [known]\n";
    try (RunningServer server = new RunningServer(folder, config)) {
      assertThat(withCertificate(server, own, known)).isEqualTo(200);
      assertThatThrownBy(() -> withCertificate(server, own, stranger))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> withCertificate(server, own, null)).isInstanceOf(IOException.class);
      Files.writeString(server.config, config.replace("[known]", "[other]"));
      assertThatThrownBy(() -> withCertificate(server, own, known)).isInstanceOf(IOException.class);
    }
  }

  private static int withCertificate(
      RunningServer server, TestCertificates trusted, TestCertificates shown) throws Exception {
    SSLContext tls = TestCertificates.client(List.of(trusted), shown);
    try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
      return get(client, server.uri("/x")).statusCode();
    }
  }

  @Test
  void refusesToStartOnWhatCannotWork() throws Exception {
    assertThatThrownBy(() -> new RunningServer(folder, "x: 1\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("field x not found");
    assertThatThrownBy(() ->
            new RunningServer(folder, "tls_server_config:\n  cert_file: none\n  key_file: none\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("none");
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"));
        ServerSocket free = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      int port = free.getLocalPort();
      free.close();
      assertThatThrownBy(() -> Listeners.bind(List.of("127.0.0.1:" + port, address)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("listen tcp " + address + ": bind: ");
      // The address before it has been given back.
      Listeners.bind(List.of("127.0.0.1:" + port)).close();
    }
  }

  @Test
  void boundsWhatHostileClientsSend() throws Exception {
    try (RunningServer server = new RunningServer(folder, "", "/", 512, 60_000)) {
      String huge = "GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(200_000) + "\r\n\r\n";
      assertThat(raw(server.port(), huge)).startsWith("HTTP/1.1 431 ");
      assertThat(raw(server.port(), "GET /" + "a".repeat(200_000) + " HTTP/1.1\r\n\r\n"))
          .startsWith("HTTP/1.1 414 ");
      assertThat(raw(server.port(), "\u0000\u0001\u0002\r\n\r\n")).startsWith("HTTP/1.1 400 ");
      assertThat(raw(server.port(), "GET /a/%2e%2e/%2f HTTP/1.1\r\nHost: x\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ");
      assertThat(raw(server.port(), "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void closesConnectionsThatDribble() throws Exception {
    try (RunningServer server = new RunningServer(folder, "", "/", 512, 300);
        Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(100);
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      out.write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
      long start = System.nanoTime();
      boolean closed = false;
      // One byte of a header at each time-out of the read: never idle for long, never done.
      while (!closed && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(60)) {
        try {
          out.write('x');
          closed = in.read() < 0;
        } catch (SocketTimeoutException e) {
          closed = false;
        } catch (IOException e) {
          closed = true;
        }
      }
      assertThat(closed).isTrue();
    }
  }

  @Test
  void moreConnectionsThanAllowedWait() throws Exception {
    try (RunningServer server = new RunningServer(folder, "", "/", 2, 60_000);
        Socket one = new Socket("127.0.0.1", server.port());
        Socket two = new Socket("127.0.0.1", server.port())) {
      byte[] request = "GET /x HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      for (Socket socket : List.of(one, two)) {
        socket.getOutputStream().write(request);
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      try (Socket three = new Socket("127.0.0.1", server.addresses().getLast().getPort())) {
        three.getOutputStream().write(request);
        three.setSoTimeout(300);
        assertThatThrownBy(() -> three.getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class);
        one.close();
        three.setSoTimeout(60_000);
        assertThat(three.getInputStream().read()).isEqualTo('H');
      }
    }
  }

  @Test
  void seesThatTheClientHasHungUp() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isReadable(Path.of("/proc/self/net/tcp")), "needs Linux' table of connections");
    try (RunningServer server = new RunningServer(folder, "")) {
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        byte[] request =
            "GET /watched HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(request);
        server.arrived.await();
        assertThat(server.hungUp.getCount()).isEqualTo(1);
      }
      assertThat(server.hungUp.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(server.release.getCount()).isEqualTo(1);
    }
  }

  @Test
  void requestsUnderWayEndBeforeTheServerDoes() throws Exception {
    RunningServer server = new RunningServer(folder, "");
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer =
          client.sendAsync(
              HttpRequest.newBuilder(server.uri("/slow")).build(), BodyHandlers.ofString());
      server.arrived.await();
      server.close();
      assertThat(answer.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }
}
