package io.narthex.web.server.internal;

import io.narthex.web.server.internal.WebConfig.ClientAuth;
import io.narthex.web.server.internal.WebConfig.Pem;
import io.narthex.web.server.internal.WebConfig.Tls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the context and the engines of one reading of the TLS section. */
final class TlsFactory {

  private final Tls tls;
  private final SSLContext context;

  /**
   * @throws GeneralSecurityException if certificate and key can't be used
   * @throws IOException if a file can't be read
   */
  TlsFactory(Tls tls) throws GeneralSecurityException, IOException {
    this.tls = tls;
    X509Certificate[] chain = PemReader.certificates(tls.cert());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    char[] password = {};
    keys.setKeyEntry("server", PemReader.privateKey(tls.key()), password, chain);
    KeyManagerFactory keyManagers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(keys, password);
    context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trust(tls), null);
  }

  static Set<String> supportedSuites() {
    try {
      return Set.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no TLS", e);
    }
  }

  private static TrustManager @Nullable [] trust(Tls tls)
      throws GeneralSecurityException, IOException {
    Pem ca = tls.clientCa();
    boolean verifies =
        tls.clientAuth() == ClientAuth.VERIFY_CLIENT_CERT_IF_GIVEN
            || tls.clientAuth() == ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT;
    if (!verifies || ca == null) {
      return new TrustManager[] {new ClientTrust(null, tls.clientAllowedSans())};
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    int n = 0;
    for (X509Certificate c : PemReader.certificates(ca)) {
      trusted.setCertificateEntry("ca-" + n++, c);
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    for (TrustManager manager : managers.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager x509) {
        return new TrustManager[] {new ClientTrust(x509, tls.clientAllowedSans())};
      }
    }
    throw new GeneralSecurityException("the JDK has no X.509 trust manager");
  }

  SSLContext context() {
    return context;
  }

  SSLEngine engine() {
    SSLEngine engine = context.createSSLEngine();
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(tls.protocols().toArray(String[]::new));
    if (!tls.cipherSuites().isEmpty()) {
      parameters.setCipherSuites(withTls13(tls.cipherSuites()));
    }
    parameters.setUseCipherSuitesOrder(tls.preferServerCipherSuites());
    if (!tls.groups().isEmpty()) {
      parameters.setNamedGroups(tls.groups().toArray(String[]::new));
    }
    switch (tls.clientAuth()) {
      case NO_CLIENT_CERT -> parameters.setNeedClientAuth(false);
      case REQUEST_CLIENT_CERT, VERIFY_CLIENT_CERT_IF_GIVEN -> parameters.setWantClientAuth(true);
      case REQUIRE_ANY_CLIENT_CERT, REQUIRE_AND_VERIFY_CLIENT_CERT ->
          parameters.setNeedClientAuth(true);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** The list chooses among the suites of TLS 1.2; those of 1.3 are always there. */
  private static String[] withTls13(java.util.List<String> suites) {
    java.util.LinkedHashSet<String> all = new java.util.LinkedHashSet<>(suites);
    for (String suite :
        new String[] {
          "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
        }) {
      if (supportedSuites().contains(suite)) {
        all.add(suite);
      }
    }
    return all.toArray(String[]::new);
  }
}
