package io.narthex.http.internal.tls;

import io.narthex.api.config.TlsConfig;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** Makes Jetty's TLS settings from a TLS section and its material. */
public final class TlsContext {
  private static final List<String> VERSIONS = List.of("TLS10", "TLS11", "TLS12", "TLS13");
  private static final List<String> JDK_VERSIONS =
      List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");
  private static final String DISABLED = "jdk.tls.disabledAlgorithms";
  private static final int TLS12 = 2;
  private static final int TLS13 = 3;

  private final TlsConfig config;
  private final @Nullable KeyStore trust;
  private final @Nullable KeyStore identity;
  private final String[] protocols;

  /**
   * Reads keys and certificates, so that what can't be used is found out now; the authorities of
   * the system are read with the first TLS connection.
   */
  public TlsContext(TlsConfig config, TlsMaterial material)
      throws GeneralSecurityException, IOException {
    this.config = config;
    this.trust = material.trust();
    this.identity = material.identity();
    this.protocols = protocols(config);
  }

  /** A factory that is not started; with a server name it speaks to every host under that name. */
  public SslContextFactory.Client newFactory() throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers(), new TrustManager[] {trustManager()}, null);
    NamedClient factory = new NamedClient(config.serverName());
    factory.setSslContext(context);
    factory.setIncludeProtocols(protocols);
    factory.setExcludeProtocols();
    factory.setExcludeCipherSuites();
    factory.setEndpointIdentificationAlgorithm(config.insecureSkipVerify() ? null : "HTTPS");
    return factory;
  }

  private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException {
    if (identity == null) {
      return null;
    }
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(identity, new char[0]);
    return factory.getKeyManagers();
  }

  private TrustManager trustManager() throws GeneralSecurityException {
    if (config.insecureSkipVerify()) {
      return new ServerTrust.Anyone();
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trust != null ? trust : SystemRoots.load());
    for (TrustManager m : factory.getTrustManagers()) {
      if (m instanceof X509ExtendedTrustManager x) {
        return new ServerTrust(x);
      }
    }
    throw new GeneralSecurityException("the JDK has no X.509 trust manager");
  }

  private static String[] protocols(TlsConfig config) throws GeneralSecurityException {
    int min = config.minVersion().isEmpty() ? TLS12 : VERSIONS.indexOf(config.minVersion());
    int max = config.maxVersion().isEmpty() ? TLS13 : VERSIONS.indexOf(config.maxVersion());
    if (min < 0 || max < 0) {
      throw new GeneralSecurityException(
          "unknown TLS version: " + (min < 0 ? config.minVersion() : config.maxVersion()));
    }
    if (!config.minVersion().isEmpty() && !config.maxVersion().isEmpty() && max < min) {
      throw new GeneralSecurityException(
          "tls_config.max_version must be greater than or equal to tls_config.min_version if both"
              + " are specified");
    }
    List<String> names = new ArrayList<>();
    for (int v = min; v <= max; v++) {
      if (isPermitted(JDK_VERSIONS.get(v))) {
        names.add(JDK_VERSIONS.get(v));
      }
    }
    if (names.isEmpty()) {
      throw new GeneralSecurityException(
          "tls_config.max_version "
              + config.maxVersion()
              + " is forbidden by the security property "
              + DISABLED
              + " of this Java");
    }
    return names.toArray(String[]::new);
  }

  /** The JDK knows old versions, but uses none that its security properties name. */
  private static boolean isPermitted(String version) {
    String disabled = Security.getProperty(DISABLED);
    return disabled == null
        || Arrays.stream(disabled.split(",")).map(String::strip).noneMatch(version::equals);
  }

  /** Speaks to a server under another name than the one it is dialed by. */
  private static final class NamedClient extends SslContextFactory.Client {
    private final String serverName;

    NamedClient(String serverName) {
      super(false);
      this.serverName = serverName;
    }

    @Override
    public SSLEngine newSSLEngine(String host, int port) {
      return super.newSSLEngine(serverName.isEmpty() ? host : serverName, port);
    }
  }
}
