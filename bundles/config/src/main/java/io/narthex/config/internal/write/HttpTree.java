package io.narthex.config.internal.write;

import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.config.HttpClientConfig.Authorization;
import io.narthex.api.config.HttpClientConfig.BasicAuth;
import io.narthex.api.config.HttpClientConfig.HttpHeader;
import io.narthex.api.config.HttpClientConfig.OAuth2;
import io.narthex.api.config.ProxyConfig;
import io.narthex.api.config.Secret;
import io.narthex.api.config.TlsConfig;
import io.narthex.config.internal.http.Urls;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts the HTTP client fields among other keys. */
final class HttpTree {

  private HttpTree() {}

  static void put(Tree tree, HttpClientConfig c) {
    BasicAuth basic = c.basicAuth();
    if (basic != null) {
      Tree t = tree.child();
      t.text("username", basic.username())
          .text("username_file", basic.usernameFile())
          .text("username_ref", basic.usernameRef())
          .secret("password", basic.password())
          .text("password_file", basic.passwordFile())
          .text("password_ref", basic.passwordRef());
      tree.always("basic_auth", t.map());
    }
    Authorization authorization = c.authorization();
    if (authorization != null) {
      Tree t = tree.child();
      t.text("type", authorization.type())
          .secret("credentials", authorization.credentials())
          .text("credentials_file", authorization.credentialsFile())
          .text("credentials_ref", authorization.credentialsRef());
      tree.always("authorization", t.map());
    }
    OAuth2 oauth2 = c.oauth2();
    if (oauth2 != null) {
      tree.always("oauth2", oauth2(tree, oauth2).map());
    }
    tls(tree, c.tls());
    tree.always("follow_redirects", c.followRedirects()).always("enable_http2", c.enableHttp2());
    proxy(tree, c.proxy());
    Map<String, Object> headers = new TreeMap<>();
    for (Map.Entry<String, HttpHeader> e : c.httpHeaders().entrySet()) {
      Tree t = tree.child();
      t.list("values", e.getValue().values())
          .list("secrets", tree.shown(e.getValue().secrets()))
          .list("files", e.getValue().files());
      headers.put(e.getKey(), t.map());
    }
    tree.sorted("http_headers", headers);
  }

  private static Tree oauth2(Tree parent, OAuth2 o) {
    Tree t = parent.child();
    t.text("client_id", o.clientId())
        .secret("client_secret", o.clientSecret())
        .text("client_secret_file", o.clientSecretFile())
        .text("client_secret_ref", o.clientSecretRef())
        .text("client_certificate_key_id", o.clientCertificateKeyId())
        .secret("client_certificate_key", o.clientCertificateKey())
        .text("client_certificate_key_file", o.clientCertificateKeyFile())
        .text("client_certificate_key_ref", o.clientCertificateKeyRef())
        .text("grant_type", o.grantType())
        .text("signature_algorithm", o.signatureAlgorithm())
        .text("iss", o.issuer())
        .text("audience", o.audience())
        .sorted("claims", o.claims())
        .list("scopes", o.scopes())
        .text("token_url", o.tokenUrl())
        .sorted("endpoint_params", o.endpointParams());
    tls(t, o.tls());
    proxy(t, o.proxy());
    return t;
  }

  static void tls(Tree tree, TlsConfig c) {
    if (c.equals(TlsConfig.DEFAULT)) {
      return;
    }
    Tree t = tree.child();
    t.text("ca", c.ca())
        .text("cert", c.cert())
        .secret("key", c.key())
        .text("ca_file", c.caFile())
        .text("cert_file", c.certFile())
        .text("key_file", c.keyFile())
        .text("ca_ref", c.caRef())
        .text("cert_ref", c.certRef())
        .text("key_ref", c.keyRef())
        .text("server_name", c.serverName())
        .always("insecure_skip_verify", c.insecureSkipVerify())
        .text("min_version", c.minVersion())
        .text("max_version", c.maxVersion());
    tree.always("tls_config", t.map());
  }

  private static void proxy(Tree tree, ProxyConfig p) {
    tree.text("proxy_url", url(tree, p.url()))
        .text("no_proxy", p.noProxy())
        .flag("proxy_from_environment", p.fromEnvironment());
    Map<String, Object> headers = new TreeMap<>();
    for (Map.Entry<String, List<Secret>> e : p.connectHeader().entrySet()) {
      headers.put(e.getKey(), tree.shown(e.getValue()));
    }
    tree.sorted("proxy_connect_header", headers);
  }

  /** A URL of the kind whose password the reference hides. */
  static String url(Tree tree, String url) {
    return tree.isRedacted() ? Urls.redacted(url) : url;
  }
}
