package io.narthex.config.internal.http;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.TlsConfig;
import io.narthex.config.internal.yaml.FieldValues;
import java.util.Set;

/** Reads a {@code tls_config} section. */
public final class TlsReader {

  private static final Set<String> VERSIONS = Set.of("", "TLS10", "TLS11", "TLS12", "TLS13");

  private TlsReader() {}

  public static TlsConfig read(ConfigNode node) throws ConfigurationException {
    if (node.isNull()) {
      return TlsConfig.DEFAULT;
    }
    ConfigNode.Fields f = node.fields("config.plain");
    TlsConfig tls =
        new TlsConfig(
            f.text("ca", ""),
            f.text("cert", ""),
            FieldValues.secret(f, "key"),
            FieldValues.path(f, "ca_file"),
            FieldValues.path(f, "cert_file"),
            FieldValues.path(f, "key_file"),
            f.text("ca_ref", ""),
            f.text("cert_ref", ""),
            f.text("key_ref", ""),
            f.text("server_name", ""),
            f.bool("insecure_skip_verify", false),
            version(f, "min_version"),
            version(f, "max_version"));
    f.end();
    check(node, tls);
    return tls;
  }

  private static void check(ConfigNode node, TlsConfig tls) throws ConfigurationException {
    String key = tls.key().reveal();
    FieldValues.atMostOne(
        node,
        "at most one of ca, ca_file & ca_ref must be configured",
        tls.ca(),
        tls.caFile(),
        tls.caRef());
    FieldValues.atMostOne(
        node,
        "at most one of cert, cert_file & cert_ref must be configured",
        tls.cert(),
        tls.certFile(),
        tls.certRef());
    FieldValues.atMostOne(
        node,
        "at most one of key and key_file must be configured",
        key,
        tls.keyFile(),
        tls.keyRef());
    boolean hasCert =
        !(tls.cert().isEmpty() && tls.certFile().isEmpty() && tls.certRef().isEmpty());
    boolean hasKey = !(key.isEmpty() && tls.keyFile().isEmpty() && tls.keyRef().isEmpty());
    if (hasCert && !hasKey) {
      throw node.error(
          "exactly one of key or key_file must be configured when a client certificate is configured");
    }
    if (hasKey && !hasCert) {
      throw node.error(
          "exactly one of cert or cert_file must be configured when a client key is configured");
    }
  }

  private static String version(ConfigNode.Fields f, String field) throws ConfigurationException {
    ConfigNode node = f.find(field);
    if (node == null || node.isNull()) {
      return "";
    }
    String version = node.text();
    if (!VERSIONS.contains(version) || version.isEmpty()) {
      throw node.error("unknown TLS version: " + version);
    }
    return version;
  }
}
