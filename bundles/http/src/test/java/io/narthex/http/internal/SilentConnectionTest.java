package io.narthex.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.config.ProxyConfig;
import io.narthex.api.config.Secret;
import io.narthex.api.config.TlsConfig;
import io.narthex.api.http.HttpClient;
import io.narthex.api.http.HttpResponse;
import io.narthex.http.internal.net.ConnectionLimits;
import io.narthex.http.internal.net.DialMetrics;
import io.narthex.http.internal.net.Engine;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that accept a connection and then say nothing. */
class SilentConnectionTest extends ClientTest {
  private static final int PING = 6;
  private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

  /** The answer 204 to the first request, with the index that HPACK has for it. */
  private static final byte[] NO_CONTENT = {0, 0, 1, 1, 5, 0, 0, 0, 1, (byte) 0x89};

  /** Only the limits under test are short. */
  private void limit(Duration handshake, Duration readIdle) {
    engine.close();
    engine = new Engine(new ConnectionLimits(handshake, readIdle, Duration.ofMillis(500)));
    factory = new ClientFactory(engine, new DialMetrics(metrics), () -> now);
  }

  @BeforeEach
  void limitTheReading() {
    limit(LONG, Duration.ofMillis(500));
  }

  private HttpClient speaking(boolean http2, ProxyConfig proxy) throws Exception {
    TlsConfig insecure =
        new TlsConfig("", "", Secret.NONE, "", "", "", "", "", "", "", true, "", "");
    return client(new HttpClientConfig(null, null, null, insecure, true, http2, proxy, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHandshakeHasItsLimit(boolean http2) throws Exception {
    limit(Duration.ofMillis(500), LONG);
    RawServer silent =
        serving(RawServer.plain(p -> assertThat(p.in().readAllBytes()).isNotEmpty()));
    String uri = "https://127.0.0.1:" + silent.port() + "/m";
    HttpClient client = speaking(http2, ProxyConfig.NONE);
    assertThatThrownBy(() -> client.send(get(java.net.URI.create(uri))))
        .isInstanceOf(IOException.class)
        .hasMessage("Get \"" + uri + "\": net/http: TLS handshake timeout");
    assertThat(silent.connections).as("it is not tried again").hasValue(1);
  }

  @Test
  void aHandshakeWithAProxyHasItsLimit() throws Exception {
    limit(Duration.ofMillis(500), LONG);
    RawServer silent =
        serving(RawServer.plain(p -> assertThat(p.in().readAllBytes()).isNotEmpty()));
    HttpClient client =
        speaking(true, new ProxyConfig("https://127.0.0.1:" + silent.port(), "", false, Map.of()));
    assertThatThrownBy(() -> client.send(get(java.net.URI.create("https://nowhere.test/"))))
        .hasMessageContaining("TLS handshake timeout");
  }

  @Test
  void aServerThatDoesNotAnswerAPingIsGivenUp() throws Exception {
    AtomicInteger pings = new AtomicInteger();
    RawServer silent = http2(pings, Integer.MAX_VALUE, false);
    HttpClient client = speaking(true, ProxyConfig.NONE);
    assertThatThrownBy(() -> client.send(get(silent.uri("/m"))))
        .isInstanceOf(IOException.class)
        .hasMessage("Get \"" + silent.uri("/m") + "\": http2: client connection lost");
    assertThat(pings).hasValue(1);
  }

  @Test
  void aServerThatAnswersPingsIsWaitedFor() throws Exception {
    AtomicInteger pings = new AtomicInteger();
    RawServer slow = http2(pings, 3, true);
    try (HttpResponse r = speaking(true, ProxyConfig.NONE).send(get(slow.uri("/m")))) {
      assertThat(r.status()).isEqualTo(204);
    }
    assertThat(pings).hasValueGreaterThanOrEqualTo(3);
  }

  /**
   * A server that speaks HTTP/2 and answers its first request after that many pings.
   *
   * @param acknowledges whether it answers the pings themselves
   */
  private RawServer http2(AtomicInteger pings, int answersAfter, boolean acknowledges)
      throws Exception {
    return serving(
        RawServer.tls(
            "server.pem",
            "server.key",
            false,
            p -> {
              SSLSocket socket = (SSLSocket) p.socket();
              SSLParameters parameters = socket.getSSLParameters();
              parameters.setApplicationProtocols(new String[] {"h2"});
              socket.setSSLParameters(parameters);
              OutputStream out = p.out();
              out.write(SETTINGS);
              DataInputStream in = new DataInputStream(p.in());
              String preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
              assertThat(in.readNBytes(preface.length()))
                  .asString(StandardCharsets.US_ASCII)
                  .isEqualTo(preface);
              while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                in.readInt();
                byte[] payload = in.readNBytes(length);
                if (type == PING && flags == 0) {
                  if (acknowledges) {
                    out.write(new byte[] {0, 0, 8, PING, 1, 0, 0, 0, 0});
                    out.write(payload);
                  }
                  if (pings.incrementAndGet() == answersAfter) {
                    out.write(NO_CONTENT);
                  }
                }
              }
            }));
  }
}
