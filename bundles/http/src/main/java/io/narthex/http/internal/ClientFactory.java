package io.narthex.http.internal;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.config.TlsConfig;
import io.narthex.api.http.HttpClient;
import io.narthex.api.http.HttpClients;
import io.narthex.http.internal.auth.Credentials;
import io.narthex.http.internal.auth.OAuth2Tokens;
import io.narthex.http.internal.net.DialMetrics;
import io.narthex.http.internal.net.Engine;
import io.narthex.http.internal.net.Transports;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the clients of one bundle, and closes those that it forgot. */
public final class ClientFactory implements HttpClients, AutoCloseable {
  private final Engine engine;
  private final DialMetrics metrics;
  private final InstantSource clock;
  private final Set<HttpClient> open = new HashSet<>();
  private boolean closed;

  public ClientFactory(Engine engine, DialMetrics metrics, InstantSource clock) {
    this.engine = engine;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public HttpClient create(String name, HttpClientConfig config) throws ConfigurationException {
    refuseReferences(config);
    try {
      Credentials credentials = Credentials.of(config);
      HttpClientConfig.OAuth2 oauth2 = config.oauth2();
      if (oauth2 != null) {
        Transports toTokens =
            new Transports(
                engine,
                metrics,
                name + "_oauth2",
                oauth2.tls(),
                oauth2.proxy(),
                config.enableHttp2());
        credentials = new Credentials.OAuth2(new OAuth2Tokens(oauth2, toTokens, clock));
      }
      Transports transports =
          new Transports(engine, metrics, name, config.tls(), config.proxy(), config.enableHttp2());
      return register(config, transports, credentials);
    } catch (URISyntaxException e) {
      throw new ConfigurationException(e.getReason() + ": " + e.getInput(), e);
    } catch (GeneralSecurityException | IOException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()), e);
    }
  }

  private HttpClient register(
      HttpClientConfig config, Transports transports, Credentials credentials) throws IOException {
    // The client removes itself when it is closed.
    ConfiguredClient[] self = new ConfiguredClient[1];
    ConfiguredClient client =
        new ConfiguredClient(config, transports, credentials, () -> forget(self[0]));
    self[0] = client;
    synchronized (open) {
      if (closed) {
        throw new IOException("the HTTP client service has gone");
      }
      open.add(client);
    }
    return client;
  }

  private void forget(HttpClient client) {
    synchronized (open) {
      open.remove(client);
    }
  }

  /** There is no secret manager that a reference could be looked up in. */
  private static void refuseReferences(HttpClientConfig config) throws ConfigurationException {
    Stream<String> references = tlsReferences(config.tls());
    HttpClientConfig.BasicAuth basic = config.basicAuth();
    if (basic != null) {
      references = Stream.concat(references, Stream.of(basic.usernameRef(), basic.passwordRef()));
    }
    HttpClientConfig.Authorization authorization = config.authorization();
    if (authorization != null) {
      references = Stream.concat(references, Stream.of(authorization.credentialsRef()));
    }
    HttpClientConfig.OAuth2 oauth2 = config.oauth2();
    if (oauth2 != null) {
      references =
          Stream.concat(
              references,
              Stream.concat(
                  tlsReferences(oauth2.tls()),
                  Stream.of(oauth2.clientSecretRef(), oauth2.clientCertificateKeyRef())));
    }
    List<String> used = references.filter(r -> !r.isEmpty()).toList();
    if (!used.isEmpty()) {
      throw new ConfigurationException(
          "cannot use secret ref \"" + used.getFirst() + "\" without a secret manager");
    }
  }

  private static Stream<String> tlsReferences(TlsConfig tls) {
    return Stream.of(tls.caRef(), tls.certRef(), tls.keyRef());
  }

  @Override
  public void close() {
    List<HttpClient> left;
    synchronized (open) {
      closed = true;
      left = new ArrayList<>(open);
    }
    for (HttpClient client : left) {
      client.close();
    }
  }
}
