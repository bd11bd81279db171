package io.narthex.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.Secret;
import io.narthex.api.config.TlsConfig;
import io.narthex.api.http.HttpClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TlsTest extends ClientTest {

  private RawServer server(String name, boolean clientCertificate) throws Exception {
    return serving(
        RawServer.tls(
            name + ".pem",
            name + ".key",
            clientCertificate,
            p -> {
              while (!p.head().isEmpty()) {
                p.answer("200 OK", "secret");
              }
            }));
  }

  private static TlsConfig withCa(String serverName) throws IOException {
    return trusting(RawServer.text("ca.pem"), "", "", serverName);
  }

  @Test
  void aServerOfAKnownAuthorityIsTrusted() throws Exception {
    RawServer server = server("server", false);
    assertThat(body(client(tls(withCa(""))), server.uri("/"))).isEqualTo("secret");
  }

  @Test
  void anUnknownAuthorityIsRefused() throws Exception {
    URI uri = server("server", false).uri("/");
    try (HttpClient client = client()) {
      assertThatThrownBy(() -> client.send(get(uri)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(
              "tls: failed to verify certificate: x509: certificate signed by unknown authority");
    }
  }

  @Test
  void aCertificateOfAnotherHostIsRefused() throws Exception {
    URI uri = server("server2", false).uri("/");
    try (HttpClient client = client(tls(withCa("")))) {
      assertThatThrownBy(() -> client.send(get(uri)))
          .hasMessageContaining("tls: failed to verify certificate: x509:")
          .hasMessageContaining("127.0.0.1");
    }
    assertThat(body(client(tls(withCa("elsewhere.test"))), uri)).isEqualTo("secret");
  }

  @Test
  void aHostInTheCommonNameAloneIsRefused() throws Exception {
    URI uri = server("legacy", false).uri("/");
    try (HttpClient client = client(tls(withCa("legacy")))) {
      assertThatThrownBy(() -> client.send(get(uri)))
          .hasMessageContaining("tls: failed to verify certificate: x509:");
    }
  }

  @Test
  void verificationCanBeSwitchedOff() throws Exception {
    TlsConfig insecure =
        new TlsConfig("", "", Secret.NONE, "", "", "", "", "", "", "", true, "", "");
    assertThat(body(client(tls(insecure)), server("legacy", false).uri("/"))).isEqualTo("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "client.pem, client.key",
    "client.pem, client-pkcs1.key",
    "clientec.pem, clientec-sec1.key"
  })
  void clientCertificatesArePresented(String cert, String key) throws Exception {
    URI uri = server("server", true).uri("/");
    String ca = RawServer.text("ca.pem");
    assertThat(body(client(tls(trusting(ca, RawServer.text(cert), RawServer.text(key), ""))), uri))
        .isEqualTo("secret");
    try (HttpClient client = client(tls(withCa("")))) {
      assertThatThrownBy(() -> client.send(get(uri)))
          .isInstanceOf(IOException.class)
          .hasMessage("Get \"" + uri + "\": remote error: tls: certificate required");
    }
  }

  @Test
  void changedFilesAreReadAgain(@TempDir Path dir) throws Exception {
    URI uri = server("server", false).uri("/");
    Path ca = dir.resolve("ca.pem");
    Files.writeString(ca, RawServer.text("server2.pem"));
    TlsConfig config =
        new TlsConfig("", "", Secret.NONE, ca.toString(), "", "", "", "", "", "", false, "", "");
    HttpClient client = client(tls(config));
    assertThatThrownBy(() -> client.send(get(uri))).hasMessageContaining("unknown authority");
    Files.writeString(ca, RawServer.text("ca.pem"));
    assertThat(body(client, uri)).isEqualTo("secret");
  }

  @Test
  void unusableMaterialIsNamedWhenTheClientIsMade(@TempDir Path dir) throws Exception {
    String missing = dir.resolve("missing.pem").toString();
    TlsConfig file =
        new TlsConfig("", "", Secret.NONE, missing, "", "", "", "", "", "", false, "", "");
    assertThatThrownBy(() -> client(tls(file)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(missing);
    assertThatThrownBy(() -> client(tls(trusting("no PEM", "", "", ""))))
        .isInstanceOf(ConfigurationException.class);
    String cert = RawServer.text("client.pem");
    assertThatThrownBy(() -> client(tls(trusting("", cert, "-----BEGIN x-----", ""))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageNotContaining("BEGIN x");
  }

  private static TlsConfig versions(String min, String max) throws Exception {
    return new TlsConfig(
        RawServer.text("ca.pem"), "", Secret.NONE, "", "", "", "", "", "", "", false, min, max);
  }

  /** The JVM of these tests permits the old versions, as the launcher does. */
  @ParameterizedTest
  @CsvSource({"TLSv1,TLS10", "TLSv1.1,TLS11", "TLSv1.2,TLS12", "TLSv1.3,TLS13"})
  void theVersionsThatAreNamedAreSpoken(String name, String version) throws Exception {
    RawServer server =
        serving(
            RawServer.tls(
                "server.pem",
                "server.key",
                false,
                p -> {
                  while (!p.head().isEmpty()) {
                    p.answer("200 OK", ((SSLSocket) p.socket()).getSession().getProtocol());
                  }
                },
                name));
    assertThat(body(client(tls(versions(version, version))), server.uri("/"))).isEqualTo(name);
    assertThat(body(client(tls(versions("TLS10", ""))), server.uri("/"))).isEqualTo(name);
    HttpClient unasked = client(tls(versions("", "")));
    if (version.equals("TLS10") || version.equals("TLS11")) {
      assertThatThrownBy(() -> unasked.send(get(server.uri("/"))))
          .hasMessageContaining("protocol version not supported");
    } else {
      assertThat(body(unasked, server.uri("/"))).isEqualTo(name);
    }
  }

  @Test
  void versionsThatCrossAreRefused() {
    TlsConfig crossed =
        new TlsConfig("", "", Secret.NONE, "", "", "", "", "", "", "", false, "TLS13", "TLS12");
    assertThatThrownBy(() -> client(tls(crossed))).isInstanceOf(ConfigurationException.class);
  }

  @Test
  void anAnswerWithoutTlsIsNamed() throws Exception {
    RawServer plain = serving(RawServer.plain(p -> p.send("HTTP/1.1 400 Bad Request\r\n\r\n")));
    URI uri = URI.create("https://127.0.0.1:" + plain.port() + "/");
    try (HttpClient client = client()) {
      assertThatThrownBy(() -> client.send(get(uri)))
          .isInstanceOf(IOException.class)
          .hasMessage("Get \"" + uri + "\": http: server gave HTTP response to HTTPS client");
    }
  }
}
