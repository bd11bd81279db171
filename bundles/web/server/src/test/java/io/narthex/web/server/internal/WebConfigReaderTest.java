package io.narthex.web.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.ConfigurationException;
import io.narthex.web.server.internal.WebConfig.ClientAuth;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WebConfigReaderTest {

  private static final String HASH = "$2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi";

  private static WebConfig read(String text) throws ConfigurationException {
    return new WebConfigReader(Path.of("/etc/web.yml")).read(text);
  }

  @Test
  void nothingIsTheDefault() throws ConfigurationException {
    assertThat(read("")).isEqualTo(WebConfig.NONE);
    assertThat(read("tls_server_config: {}\n")).isEqualTo(WebConfig.NONE);
    assertThat(read("# only a comment\n")).isEqualTo(WebConfig.NONE);
  }

  @Test
  void everyField() throws ConfigurationException {
    WebConfig c =
        read(
            """
            tls_server_config:
              cert_file: server.crt
              key_file: /keys/server.key
              client_auth_type: RequireAndVerifyClientCert
              client_ca_file: ca.crt
              client_allowed_sans: [a.example, b.example]
              min_version: TLS12
              max_version: TLS12
              cipher_suites:
                - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
              prefer_server_cipher_suites: false
              curve_preferences: [CurveP256, X25519]
            http_server_config:
              http2: false
              headers:
                X-Frame-Options: deny
                Strict-Transport-Security: max-age=31536000
            basic_auth_users:
              alice: %s
            rate_limit:
              interval: 1s
              burst: 20
            """
                .formatted(HASH));
    WebConfig.Tls tls = c.tls();
    assertThat(tls).isNotNull();
    assertThat(tls.cert().file()).isEqualTo(Path.of("/etc/server.crt"));
    assertThat(tls.key().file()).isEqualTo(Path.of("/keys/server.key"));
    assertThat(tls.clientAuth()).isEqualTo(ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT);
    assertThat(tls.clientAllowedSans()).containsExactly("a.example", "b.example");
    assertThat(tls.protocols()).isEqualTo(List.of("TLSv1.2"));
    assertThat(tls.groups()).containsExactly("secp256r1", "x25519");
    assertThat(tls.preferServerCipherSuites()).isFalse();
    assertThat(c.http2()).isFalse();
    assertThat(c.headers()).containsKeys("X-Frame-Options", "Strict-Transport-Security");
    assertThat(c.users()).isEqualTo(Map.of("alice", HASH));
    assertThat(c.rateLimit()).isEqualTo(new WebConfig.RateLimit(1_000_000_000L, 20));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("foo: 1\n", "line 1: field foo not found in type web.Config"),
        Arguments.of(
            "tls_server_config:\n  cert_filee: x\n",
            "line 2: field cert_filee not found in type web.TLSConfig"),
        Arguments.of("tls_server_config:\n  key_file: x\n", "missing one of cert or cert_file"),
        Arguments.of("tls_server_config:\n  cert_file: x\n", "missing one of key or key_file"),
        Arguments.of(
            "tls_server_config:\n  cert: x\n  cert_file: x\n", "both cert and cert_file are set"),
        Arguments.of(
            "tls_server_config:\n  cert_file: x\n  key_file: y\n  client_ca_file: z\n",
            "Client CA's have been configured without a Client Auth Policy"),
        Arguments.of(
            "tls_server_config:\n  client_auth_type: Maybe\n", "invalid ClientAuth: Maybe"),
        Arguments.of("tls_server_config:\n  min_version: TLS14\n", "unknown TLS version: TLS14"),
        Arguments.of("tls_server_config:\n  cipher_suites: [ROT13]\n", "unknown cipher: ROT13"),
        Arguments.of("tls_server_config:\n  curve_preferences: [C]\n", "unknown curve: C"),
        Arguments.of(
            "http_server_config:\n  headers:\n    X-Evil: a\n",
            "HTTP header \"X-Evil\" can not be configured"),
        Arguments.of(
            "http_server_config:\n  headers:\n    X-Frame-Options: maybe\n",
            "invalid value for X-Frame-Options. Expected one of: deny, sameorigin"),
        Arguments.of(
            "http_server_config:\n  headers:\n    Content-Security-Policy: \"a\\r\\nb: c\"\n",
            "holds control characters"),
        Arguments.of("basic_auth_users:\n  bob: secret\n", "\"bob\" is not a bcrypt hash"),
        Arguments.of("http_server_config:\n  http2: 7\n", "cannot unmarshal into bool"),
        Arguments.of("a: [\n", "web.yml: yaml: "),
        Arguments.of("- 1\n", "cannot unmarshal into web.Config"),
        Arguments.of("[".repeat(10_000), "web.yml: yaml: "));
  }

  @ParameterizedTest
  @MethodSource
  void refused(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }
}
