package io.narthex.config.internal.write;

import java.util.Set;

/** Keys whose values are secrets in sections that only a provider understands. */
final class SecretNames {

  private static final Set<String> NAMES =
      Set.of(
          "password",
          "credentials",
          "client_secret",
          "bearer_token",
          "token",
          "auth_token",
          "secret_key",
          "access_secret",
          "application_secret",
          "application_credential_secret",
          "consumer_key",
          "key_passphrase",
          "service_account_key",
          "private_key",
          "certificate_password",
          "key",
          "secrets",
          "proxy_connect_header");

  private SecretNames() {}

  static boolean isSecret(String key) {
    return NAMES.contains(key)
        || key.endsWith("_password")
        || key.endsWith("_secret")
        || key.endsWith("_token")
        || key.endsWith("_passphrase");
  }
}
