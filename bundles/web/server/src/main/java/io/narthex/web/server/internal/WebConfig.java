package io.narthex.web.server.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The web configuration file.
 *
 * @param tls null if TLS is off
 * @param headers added to every answer
 * @param users bcrypt hashes by user name; empty if anybody may use the server
 * @param rateLimit null for none
 */
record WebConfig(
    @Nullable Tls tls,
    boolean http2,
    Map<String, String> headers,
    Map<String, String> users,
    @Nullable RateLimit rateLimit) {

  static final WebConfig NONE = new WebConfig(null, true, Map.of(), Map.of(), null);

  WebConfig {
    headers = Map.copyOf(headers);
    users = Map.copyOf(users);
  }

  /** Whether and how clients show certificates. */
  enum ClientAuth {
    NO_CLIENT_CERT,
    REQUEST_CLIENT_CERT,
    REQUIRE_ANY_CLIENT_CERT,
    VERIFY_CLIENT_CERT_IF_GIVEN,
    REQUIRE_AND_VERIFY_CLIENT_CERT
  }

  /** PEM, from a file or inline; exactly one of them is set. */
  record Pem(@Nullable Path file, String inline) {}

  /**
   * @param clientCa null if client certificates are not verified
   * @param protocols Java's names, from the lowest to the highest
   * @param cipherSuites empty for the JDK's
   * @param groups Java's names of the key exchange groups, empty for the JDK's
   */
  record Tls(
      Pem cert,
      Pem key,
      ClientAuth clientAuth,
      @Nullable Pem clientCa,
      List<String> clientAllowedSans,
      List<String> protocols,
      List<String> cipherSuites,
      boolean preferServerCipherSuites,
      List<String> groups) {
    Tls {
      clientAllowedSans = List.copyOf(clientAllowedSans);
      protocols = List.copyOf(protocols);
      cipherSuites = List.copyOf(cipherSuites);
      groups = List.copyOf(groups);
    }
  }

  /** At most {@code burst} requests at once, and one more each {@code intervalNanos}. */
  record RateLimit(long intervalNanos, int burst) {}
}
