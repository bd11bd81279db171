package io.narthex.api.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How to make outgoing HTTP requests: the HTTP client section, with deprecated forms converted. */
public record HttpClientConfig(
    @Nullable BasicAuth basicAuth,
    @Nullable Authorization authorization,
    @Nullable OAuth2 oauth2,
    TlsConfig tls,
    boolean followRedirects,
    boolean enableHttp2,
    ProxyConfig proxy,
    Map<String, HttpHeader> httpHeaders) {

  /** No authentication, redirects followed, HTTP/2 on. */
  public static final HttpClientConfig DEFAULT =
      new HttpClientConfig(
          null, null, null, TlsConfig.DEFAULT, true, true, ProxyConfig.NONE, Map.of());

  public HttpClientConfig {
    httpHeaders = Map.copyOf(httpHeaders);
  }

  /** Each of user name and password comes from one source; empty means not set. */
  public record BasicAuth(
      String username,
      String usernameFile,
      String usernameRef,
      Secret password,
      String passwordFile,
      String passwordRef) {}

  /**
   * The Authorization header; credentials come from one source.
   *
   * @param type for instance {@code Bearer}
   */
  public record Authorization(
      String type, Secret credentials, String credentialsFile, String credentialsRef) {}

  /** Client credentials or a JWT bearer assertion, exchanged for a token at {@code tokenUrl}. */
  public record OAuth2(
      String clientId,
      Secret clientSecret,
      String clientSecretFile,
      String clientSecretRef,
      String grantType,
      Secret clientCertificateKey,
      String clientCertificateKeyFile,
      String clientCertificateKeyRef,
      String clientCertificateKeyId,
      String signatureAlgorithm,
      String issuer,
      String audience,
      Map<String, Object> claims,
      List<String> scopes,
      String tokenUrl,
      Map<String, String> endpointParams,
      TlsConfig tls,
      ProxyConfig proxy) {

    public OAuth2 {
      claims = Map.copyOf(claims);
      scopes = List.copyOf(scopes);
      endpointParams = Map.copyOf(endpointParams);
    }
  }

  /**
   * Values of one header: {@code values}, then {@code secrets}, then the contents of {@code files}.
   */
  public record HttpHeader(List<String> values, List<Secret> secrets, List<String> files) {
    public HttpHeader {
      values = List.copyOf(values);
      secrets = List.copyOf(secrets);
      files = List.copyOf(files);
    }
  }
}
