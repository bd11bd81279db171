package io.narthex.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.config.ProxyConfig;
import io.narthex.api.config.TlsConfig;
import io.narthex.api.http.HttpClient;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainHttpTest extends ClientTest {
  private static final String FOREVER = "the latch of a server that never answers";

  @Test
  void sendsWhatItWasGivenAndReadsTheAnswer() throws Exception {
    RawServer server = serving(RawServer.answering(p -> p.answer("404 Nope", "gone", "X-A: b")));
    URI uri = server.uri("/metrics?match[]=%7Bx%3D%22a%2Bb%22%7D&y");
    try (HttpResponse r =
        client(basic("u", "p")).send(HttpRequest.get(uri, Map.of("Accept", "text/plain"), LONG))) {
      assertThat(r.status()).isEqualTo(404);
      assertThat(r.statusText()).isEqualTo("404 Nope");
      assertThat(r.header("x-a")).isEqualTo("b");
      assertThat(r.header("missing")).isEmpty();
      assertThat(text(r)).isEqualTo("gone");
    }
    String head = server.requests().getFirst();
    assertThat(head).startsWith("GET /metrics?match[]=%7Bx%3D%22a%2Bb%22%7D&y HTTP/1.1\r\n");
    assertThat(head)
        .contains("Host: 127.0.0.1:" + server.port() + "\r\n")
        .contains("Authorization: Basic dTpw\r\n")
        .contains("Accept: text/plain\r\n")
        .contains("X-Custom: a\r\n")
        .contains("X-Custom: b\r\n")
        .doesNotContain("Accept-Encoding")
        .doesNotContain("User-Agent");
  }

  @Test
  void connectionsAreKeptAndCounted() throws Exception {
    RawServer server = serving(RawServer.answering(p -> p.answer("200 OK", "x")));
    HttpClient client = client();
    for (int i = 0; i < 5; i++) {
      assertThat(body(client, server.uri("/"))).isEqualTo("x");
    }
    assertThat(server.connections).hasValue(1);
    assertThat(counter("attempted", "test")).isEqualTo(1);
    assertThat(counter("established", "test")).isEqualTo(1);
  }

  @Test
  void anIdleConnectionThatTheServerClosedIsReplaced() throws Exception {
    RawServer[] s = new RawServer[1];
    s[0] =
        serving(
            RawServer.plain(p -> {
              // One answer a connection, without saying so; the end comes with the next request.
              p.head();
              p.answer("200 OK", "x");
              p.head();
            }));
    HttpClient client = client();
    for (int i = 0; i < 5; i++) {
      assertThat(body(client, s[0].uri("/"))).isEqualTo("x");
    }
  }

  @Test
  void refusedAndUnknownAddressesAreNamed() throws Exception {
    HttpClient client = client();
    assertThatThrownBy(() -> client.send(get(URI.create("http://127.0.0.1:1/metrics"))))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Get \"http://127.0.0.1:1/metrics\": dial tcp 127.0.0.1:1: connect: connection refused");
    assertThatThrownBy(() -> client.send(get(URI.create("http://no-such-host.invalid:9/x"))))
        .hasMessageStartingWith(
            "Get \"http://no-such-host.invalid:9/x\": dial tcp: lookup no-such-host.invalid: ");
    assertThatThrownBy(() -> client.send(get(URI.create("ftp://127.0.0.1/x"))))
        .hasMessage("Get \"ftp://127.0.0.1/x\": unsupported protocol scheme \"ftp\"");
  }

  @Test
  void hostNamesWithUnderscoresAreDialed() throws Exception {
    HttpClient client = client();
    assertThatThrownBy(() -> client.send(get(URI.create("http://my_host.invalid:9100/m"))))
        .hasMessageContaining("lookup my_host.invalid");
    assertThatThrownBy(() -> client.send(get(URI.create("http://999.1.invalid.7:9100/m"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("lookup 999.1.invalid.7");
  }

  @Test
  void theDeadlineCoversHeadAndBody() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    closing.add(never::countDown);
    RawServer silent =
        serving(
            RawServer.answering(
                p -> assertThat(never.await(5, TimeUnit.MINUTES)).as(FOREVER).isTrue()));
    RawServer half =
        serving(
            RawServer.answering(p -> {
              p.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
              assertThat(never.await(5, TimeUnit.MINUTES)).as(FOREVER).isTrue();
            }));
    HttpClient client = client();
    Duration brief = Duration.ofMillis(200);
    // Long enough for the head to arrive on a busy machine.
    Duration longer = Duration.ofSeconds(5);
    assertThatThrownBy(() -> client.send(HttpRequest.get(silent.uri("/m"), Map.of(), brief)))
        .isInstanceOf(HttpTimeoutException.class)
        .hasMessage("Get \"" + silent.uri("/m") + "\": context deadline exceeded");
    try (HttpResponse r = client.send(HttpRequest.get(half.uri("/m"), Map.of(), longer))) {
      assertThatThrownBy(() -> r.body().readAllBytes())
          .isInstanceOf(HttpTimeoutException.class)
          .hasMessage("context deadline exceeded");
    }
  }

  @Test
  void brokenAnswersAreNamed() throws Exception {
    RawServer eof = serving(RawServer.plain(p -> p.head()));
    RawServer garbage = serving(RawServer.answering(p -> p.send("garbage garbage\r\n\r\n")));
    RawServer reset =
        serving(
            RawServer.plain(p -> {
              p.head();
              p.socket().setSoLinger(true, 0);
            }));
    RawServer truncated =
        serving(
            RawServer.plain(p -> {
              p.head();
              p.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
            }));
    HttpClient client = client();
    assertThatThrownBy(() -> client.send(get(eof.uri("/m"))))
        .hasMessage("Get \"" + eof.uri("/m") + "\": EOF");
    assertThat(eof.connections).as("a new connection is not tried twice").hasValue(1);
    assertThatThrownBy(() -> client.send(get(garbage.uri("/m"))))
        .hasMessageStartingWith(
            "Get \"" + garbage.uri("/m") + "\": net/http: HTTP/1.x transport connection broken: ");
    assertThatThrownBy(() -> client.send(get(reset.uri("/m"))))
        .hasMessageMatching(
            "Get \"http://.*\": read tcp 127.0.0.1:\\d+->127.0.0.1:"
                + reset.port()
                + ": read: connection reset by peer");
    try (HttpResponse r = client.send(get(truncated.uri("/m")))) {
      assertThatThrownBy(() -> r.body().readAllBytes()).hasMessage("unexpected EOF");
    }
  }

  @Test
  void tooManyHeadersAreRefused() throws Exception {
    RawServer server =
        serving(
            RawServer.answering(p -> {
              p.send("HTTP/1.1 200 OK\r\n");
              String line = "X: " + "a".repeat(8000) + "\r\n";
              while (true) {
                p.send(line);
              }
            }));
    HttpClient client = client();
    assertThatThrownBy(() -> client.send(get(server.uri("/m"))))
        .hasMessageContaining("transport connection broken");
  }

  @Test
  void anInterruptAbortsTheExchange() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CompletableFuture<String> next = new CompletableFuture<>();
    RawServer server =
        serving(
            RawServer.plain(p -> {
              p.head();
              asked.countDown();
              next.complete(p.head());
            }));
    HttpClient client = client();
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread sender =
        Thread.ofVirtual()
            .start(() -> {
              try {
                client.send(get(server.uri("/m")));
                ended.complete(null);
              } catch (Throwable t) {
                ended.complete(t);
              }
            });
    assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
    sender.interrupt();
    assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    assertThat(next.get(60, TimeUnit.SECONDS)).as("the connection is closed").isEmpty();
  }

  @Test
  void aBodyWithoutEndWaitsForItsReader() throws Exception {
    AtomicLong sent = new AtomicLong();
    CompletableFuture<Void> over = new CompletableFuture<>();
    RawServer server =
        serving(
            RawServer.plain(p -> {
              p.head();
              p.send("HTTP/1.1 200 OK\r\n\r\n");
              byte[] chunk = new byte[1 << 16];
              try {
                while (true) {
                  p.out().write(chunk);
                  sent.addAndGet(chunk.length);
                }
              } finally {
                over.complete(null);
              }
            }));
    HttpResponse r = client().send(get(server.uri("/m")));
    InputStream in = r.body();
    assertThat(in.readNBytes(1 << 20)).hasSize(1 << 20);
    // What the kernel buffers on both sides is all that can pile up: the writer stands still.
    long before = -1;
    for (int i = 0; i < 200 && before != sent.get(); i++) {
      before = sent.get();
      new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
    }
    assertThat(sent.get()).isLessThan(64 << 20);
    assertThat(in.readNBytes(1 << 20)).hasSize(1 << 20);
    r.close();
    over.get(60, TimeUnit.SECONDS);
  }

  @Test
  void aPostIsSentWithItsBody() throws Exception {
    CompletableFuture<String> body = new CompletableFuture<>();
    RawServer server =
        serving(
            RawServer.plain(p -> {
              String head = p.head();
              body.complete(head + new String(p.in().readNBytes(5), StandardCharsets.US_ASCII));
              p.answer("204 No Content", "");
            }));
    HttpRequest post =
        new HttpRequest(
            "POST",
            server.uri("/w"),
            Map.of("Content-Type", "application/x-protobuf"),
            "hello".getBytes(StandardCharsets.US_ASCII),
            LONG,
            null);
    try (HttpResponse r = client().send(post)) {
      assertThat(r.status()).isEqualTo(204);
    }
    assertThat(body.get(60, TimeUnit.SECONDS))
        .startsWith("POST /w HTTP/1.1")
        .containsOnlyOnce("Content-Type: application/x-protobuf")
        .contains("Content-Length: 5")
        .endsWith("hello");
  }

  @Test
  void aUnixSocketStandsInForTheAddress(@TempDir Path dir) throws Exception {
    Path socket = dir.resolve("s");
    try (java.nio.channels.ServerSocketChannel listen =
        java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      listen.bind(java.net.UnixDomainSocketAddress.of(socket));
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            try (java.nio.channels.SocketChannel c = listen.accept()) {
              c.read(java.nio.ByteBuffer.allocate(4096));
              c.write(
                  java.nio.ByteBuffer.wrap(
                      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
                          .getBytes(StandardCharsets.US_ASCII)));
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      HttpRequest request =
          new HttpRequest(
              "GET", URI.create("http://target/m"), Map.of(), null, LONG, socket.toString());
      try (HttpResponse r = client().send(request)) {
        assertThat(text(r)).isEqualTo("hi");
      }
    }
    HttpRequest gone =
        new HttpRequest(
            "GET",
            URI.create("http://target/m"),
            Map.of(),
            null,
            LONG,
            dir.resolve("gone").toString());
    HttpClient client = client();
    assertThatThrownBy(() -> client.send(gone))
        .hasMessageStartingWith("Get \"http://target/m\": dial unix " + dir.resolve("gone"));
  }

  @Test
  void filesAreReadForEachRequest(@TempDir Path dir) throws Exception {
    Path password = dir.resolve("password");
    Files.writeString(password, "one\n");
    RawServer server = serving(RawServer.answering(p -> p.answer("200 OK", "")));
    HttpClient client =
        client(
            new HttpClientConfig(
                null,
                new HttpClientConfig.Authorization(
                    "Bearer", io.narthex.api.config.Secret.NONE, password.toString(), ""),
                null,
                TlsConfig.DEFAULT,
                true,
                true,
                ProxyConfig.NONE,
                Map.of(
                    "X-F",
                    new HttpClientConfig.HttpHeader(
                        List.of(), List.of(), List.of(password.toString())))));
    body(client, server.uri("/"));
    Files.writeString(password, "  two\n");
    body(client, server.uri("/"));
    assertThat(server.requests().get(0)).contains("Authorization: Bearer one\r\n", "X-F: one\r\n");
    assertThat(server.requests().get(1)).contains("Authorization: Bearer two\r\n", "X-F: two\r\n");
    Files.delete(password);
    assertThatThrownBy(() -> client.send(get(server.uri("/x"))))
        .hasMessage(
            "Get \""
                + server.uri("/x")
                + "\": unable to read headers file: unable to read file "
                + password
                + ": open "
                + password
                + ": no such file or directory");
  }

  @Test
  void aBundleThatGoesLeavesNoConnectionOrThread() throws Exception {
    RawServer server = serving(RawServer.answering(p -> p.answer("200 OK", "x")));
    HttpClient client = client();
    body(client, server.uri("/"));
    factory.close();
    engine.close();
    assertThatThrownBy(() -> client.send(get(server.uri("/"))))
        .hasMessageContaining("http: client is closed");
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("http-client")) {
        assertThat(thread.join(Duration.ofSeconds(60))).as(thread.getName()).isTrue();
      }
    }
  }
}
