package io.narthex.web.server.internal;

import io.narthex.api.config.ConfigurationException;
import io.narthex.model.PromDuration;
import io.narthex.web.server.internal.WebConfig.ClientAuth;
import io.narthex.web.server.internal.WebConfig.Pem;
import io.narthex.web.server.internal.WebConfig.RateLimit;
import io.narthex.web.server.internal.WebConfig.Tls;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads the web configuration file, strictly. */
final class WebConfigReader {

  private static final List<String> VERSIONS = List.of("TLS10", "TLS11", "TLS12", "TLS13");
  private static final List<String> JAVA_VERSIONS =
      List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

  private static final Map<String, String> GROUPS =
      Map.of(
          "CurveP256", "secp256r1",
          "CurveP384", "secp384r1",
          "CurveP521", "secp521r1",
          "X25519", "x25519");

  /** The headers that may be set, with the values that each allows; none for any. */
  private static final Map<String, List<String>> HEADERS =
      Map.of(
          "Content-Security-Policy", List.of(),
          "X-Frame-Options", List.of("deny", "sameorigin"),
          "X-Content-Type-Options", List.of("nosniff"),
          "X-XSS-Protection", List.of(),
          "Strict-Transport-Security", List.of());

  private final String file;
  private final Path folder;

  WebConfigReader(Path file) {
    this.file = file.toString();
    this.folder = file.toAbsolutePath().resolveSibling("");
  }

  WebConfig read(String text) throws ConfigurationException {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    YamlFields root;
    try {
      root = new YamlFields(file, "web.Config", new Yaml(options).compose(new StringReader(text)));
    } catch (YAMLException e) {
      throw new ConfigurationException(file + ": yaml: " + e.getMessage(), e);
    }
    Tls tls = tls(root.mapping("tls_server_config", "web.TLSConfig"));
    YamlFields http = root.mapping("http_server_config", "web.HTTPConfig");
    boolean http2 = http.bool("http2", true);
    Map<String, String> headers = headers(http.mapping("headers", "map[string]string"));
    http.end();
    Map<String, String> users = users(root.mapping("basic_auth_users", "map[string]string"));
    RateLimit limit = rateLimit(root.mapping("rate_limit", "web.RateLimiterConfig"));
    root.end();
    return new WebConfig(tls, http2, headers, users, limit);
  }

  private @Nullable Tls tls(YamlFields f) throws ConfigurationException {
    Pem cert = pem(f, "cert");
    Pem key = pem(f, "key");
    Pem clientCa = pem(f, "client_ca");
    String authText = f.text("client_auth_type");
    ClientAuth auth = clientAuth(f, authText);
    List<String> sans = f.texts("client_allowed_sans");
    String min = f.text("min_version");
    String max = f.text("max_version");
    List<String> suites = suites(f);
    boolean preferServer = f.bool("prefer_server_cipher_suites", true);
    List<String> groups = groups(f);
    List<String> protocols = protocols(f, min, max);
    f.end();
    boolean anything =
        cert != null || key != null || clientCa != null || !authText.isEmpty() || !sans.isEmpty();
    if (!anything) {
      return null;
    }
    if (cert == null) {
      throw f.error("missing one of cert or cert_file");
    }
    if (key == null) {
      throw f.error("missing one of key or key_file");
    }
    boolean verifies =
        auth == ClientAuth.VERIFY_CLIENT_CERT_IF_GIVEN
            || auth == ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT;
    if (clientCa != null && auth == ClientAuth.NO_CLIENT_CERT) {
      throw f.error("Client CA's have been configured without a Client Auth Policy");
    }
    if (verifies && clientCa == null) {
      throw f.error("client_auth_type " + authText + " needs client_ca_file");
    }
    if (!sans.isEmpty() && !verifies) {
      throw f.error("client_allowed_sans needs a client_auth_type that verifies");
    }
    return new Tls(cert, key, auth, clientCa, sans, protocols, suites, preferServer, groups);
  }

  private @Nullable Pem pem(YamlFields f, String key) throws ConfigurationException {
    String path = f.text(key + "_file");
    String inline = f.text(key);
    if (!path.isEmpty() && !inline.isEmpty()) {
      throw f.error("both " + key + " and " + key + "_file are set");
    }
    if (!path.isEmpty()) {
      return new Pem(folder.resolve(path), "");
    }
    return inline.isEmpty() ? null : new Pem(null, inline);
  }

  private static ClientAuth clientAuth(YamlFields f, String text) throws ConfigurationException {
    return switch (text) {
      case "", "NoClientCert" -> ClientAuth.NO_CLIENT_CERT;
      case "RequestClientCert" -> ClientAuth.REQUEST_CLIENT_CERT;
      case "RequireAnyClientCert", "RequireClientCert" -> ClientAuth.REQUIRE_ANY_CLIENT_CERT;
      case "VerifyClientCertIfGiven" -> ClientAuth.VERIFY_CLIENT_CERT_IF_GIVEN;
      case "RequireAndVerifyClientCert" -> ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT;
      default -> throw f.error("invalid ClientAuth: " + text);
    };
  }

  private static List<String> protocols(YamlFields f, String min, String max)
      throws ConfigurationException {
    int from = version(f, min.isEmpty() ? "TLS12" : min);
    int to = version(f, max.isEmpty() ? "TLS13" : max);
    if (from > to) {
      throw f.error("min_version " + min + " is above max_version " + max);
    }
    return JAVA_VERSIONS.subList(from, to + 1);
  }

  private static int version(YamlFields f, String text) throws ConfigurationException {
    int index = VERSIONS.indexOf(text);
    if (index < 0) {
      throw f.error("unknown TLS version: " + text);
    }
    return index;
  }

  private static List<String> suites(YamlFields f) throws ConfigurationException {
    List<String> suites = f.texts("cipher_suites");
    for (String suite : suites) {
      if (!TlsFactory.supportedSuites().contains(suite)) {
        throw f.error("unknown cipher: " + suite);
      }
    }
    return suites;
  }

  private static List<String> groups(YamlFields f) throws ConfigurationException {
    List<String> groups = new ArrayList<>();
    for (String name : f.texts("curve_preferences")) {
      String group = GROUPS.get(name);
      if (group == null) {
        throw f.error("unknown curve: " + name);
      }
      groups.add(group);
    }
    return groups;
  }

  private static Map<String, String> headers(YamlFields f) throws ConfigurationException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, String> e : f.rest().entrySet()) {
      List<String> allowed = HEADERS.get(e.getKey());
      if (allowed == null) {
        throw f.error("HTTP header \"" + e.getKey() + "\" can not be configured");
      }
      String value = e.getValue();
      if (value.isEmpty()) {
        continue;
      }
      if (!allowed.isEmpty() && !allowed.contains(value.toLowerCase(java.util.Locale.ROOT))) {
        throw f.error(
            "invalid value for " + e.getKey() + ". Expected one of: " + String.join(", ", allowed));
      }
      if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
        throw f.error("the value of " + e.getKey() + " holds control characters");
      }
      headers.put(e.getKey(), value);
    }
    return headers;
  }

  private static Map<String, String> users(YamlFields f) throws ConfigurationException {
    Map<String, String> users = f.rest();
    for (Map.Entry<String, String> e : users.entrySet()) {
      if (!Passwords.isHash(e.getValue())) {
        throw f.error("the password of user \"" + e.getKey() + "\" is not a bcrypt hash");
      }
    }
    return users;
  }

  private static @Nullable RateLimit rateLimit(YamlFields f) throws ConfigurationException {
    String interval = f.text("interval");
    String burst = f.text("burst");
    f.end();
    try {
      long millis = interval.isEmpty() ? 0 : PromDuration.parse(interval);
      int size = burst.isEmpty() ? 0 : Integer.parseInt(burst);
      return millis <= 0 ? null : new RateLimit(millis * 1_000_000, Math.max(1, size));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("rate_limit: " + e.getMessage(), e);
    }
  }
}
