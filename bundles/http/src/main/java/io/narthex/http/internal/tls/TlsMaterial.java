package io.narthex.http.internal.tls;

import io.narthex.api.config.TlsConfig;
import io.narthex.http.internal.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The PEM texts of a TLS section as they are at one moment, inline or read from their files. Equal
 * material needs no new connections.
 */
public final class TlsMaterial {
  private final byte[] ca;
  private final byte[] cert;
  private final byte[] key;

  private TlsMaterial(byte[] ca, byte[] cert, byte[] key) {
    this.ca = ca;
    this.cert = cert;
    this.key = key;
  }

  /** Whether the material can change while the configuration stays. */
  public static boolean isFromFiles(TlsConfig config) {
    return !config.caFile().isEmpty()
        || !config.certFile().isEmpty()
        || !config.keyFile().isEmpty();
  }

  /** Reads what the section names. */
  public static TlsMaterial read(TlsConfig config) throws IOException {
    return new TlsMaterial(
        source("CA cert", config.ca(), config.caFile()),
        source("client cert", config.cert(), config.certFile()),
        source("client key", config.key().reveal(), config.keyFile()));
  }

  private static byte[] source(String what, String inline, String file) throws IOException {
    if (!inline.isEmpty() || file.isEmpty()) {
      return inline.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return SecretFile.bytes(file);
    } catch (IOException e) {
      throw new IOException("unable to read " + what + ": " + e.getMessage(), e);
    }
  }

  /** The authorities of the section, null if it names none. */
  @Nullable KeyStore trust() throws GeneralSecurityException, IOException {
    if (ca.length == 0) {
      return null;
    }
    KeyStore store = trustStore(ca);
    if (store.size() == 0) {
      throw new CertificateException("unable to use specified CA cert: none could be parsed");
    }
    return store;
  }

  /** The client's certificate chain and key under an empty password, null if it has none. */
  @Nullable KeyStore identity() throws GeneralSecurityException, IOException {
    if (cert.length == 0 || key.length == 0) {
      return null;
    }
    try {
      List<X509Certificate> chain = Pem.certificates(cert);
      if (chain.isEmpty()) {
        throw new CertificateException("failed to find any PEM data in certificate input");
      }
      PrivateKey privateKey = Pem.privateKey(key);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("client", privateKey, new char[0], chain.toArray(X509Certificate[]::new));
      return store;
    } catch (GeneralSecurityException e) {
      throw new GeneralSecurityException(
          "unable to use specified client cert and key: tls: " + e.getMessage(), e);
    }
  }

  static KeyStore trustStore(byte[] pem) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int n = 0;
    for (X509Certificate c : Pem.readableCertificates(pem)) {
      store.setCertificateEntry("ca-" + n++, c);
    }
    return store;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof TlsMaterial m
        && Arrays.equals(ca, m.ca)
        && Arrays.equals(cert, m.cert)
        && Arrays.equals(key, m.key);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ca) + Arrays.hashCode(cert);
  }
}
