package io.narthex.config.internal.http;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.HttpClientConfig.OAuth2;
import io.narthex.api.config.TlsConfig;
import io.narthex.config.internal.yaml.FieldValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an {@code oauth2} section. */
final class OAuth2Reader {

  private static final String JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final Set<String> ALGORITHMS = Set.of("", "RS256", "RS384", "RS512");

  private OAuth2Reader() {}

  static @Nullable OAuth2 read(@Nullable ConfigNode node) throws ConfigurationException {
    if (node == null || node.isNull()) {
      return null;
    }
    ConfigNode.Fields f = node.fields("config.plain");
    ConfigNode tls = f.find("tls_config");
    ConfigNode params = f.find("endpoint_params");
    OAuth2 read =
        new OAuth2(
            f.text("client_id", ""),
            FieldValues.secret(f, "client_secret"),
            FieldValues.path(f, "client_secret_file"),
            f.text("client_secret_ref", ""),
            f.text("grant_type", ""),
            FieldValues.secret(f, "client_certificate_key"),
            f.text("client_certificate_key_file", ""),
            f.text("client_certificate_key_ref", ""),
            f.text("client_certificate_key_id", ""),
            f.text("signature_algorithm", ""),
            f.text("iss", ""),
            f.text("audience", ""),
            claims(f.find("claims")),
            f.texts("scopes"),
            f.text("token_url", ""),
            params == null ? Map.of() : params.textMap(),
            tls == null ? TlsConfig.DEFAULT : TlsReader.read(tls),
            ProxyReader.read(node, f));
    f.end();
    check(node, read);
    return read;
  }

  private static Map<String, Object> claims(@Nullable ConfigNode node)
      throws ConfigurationException {
    Map<String, Object> claims = new LinkedHashMap<>();
    if (node != null) {
      ConfigNode.Fields f = node.fields("map[string]interface {}");
      for (String name : f.names()) {
        ConfigNode value = f.find(name);
        Object data = value == null ? null : value.data();
        if (data != null) {
          claims.put(name, data);
        }
      }
    }
    return claims;
  }

  private static void check(ConfigNode node, OAuth2 o) throws ConfigurationException {
    if (o.clientId().isEmpty()) {
      throw node.error("oauth2 client_id must be configured");
    }
    if (o.tokenUrl().isEmpty()) {
      throw node.error("oauth2 token_url must be configured");
    }
    if (o.grantType().equals(JWT)) {
      FieldValues.atMostOne(
          node,
          "at most one of oauth2 client_certificate_key, client_certificate_key_file &"
              + " client_certificate_key_ref must be configured using grant-type="
              + JWT,
          o.clientCertificateKey().reveal(),
          o.clientCertificateKeyFile(),
          o.clientCertificateKeyRef());
      if (!ALGORITHMS.contains(o.signatureAlgorithm())) {
        throw node.error("valid signature algorithms are RS256, RS384 and RS512");
      }
      return;
    }
    FieldValues.atMostOne(
        node,
        "at most one of oauth2 client_secret, client_secret_file & client_secret_ref must be"
            + " configured using grant-type=client_credentials",
        o.clientSecret().reveal(),
        o.clientSecretFile(),
        o.clientSecretRef());
  }
}
