package io.narthex.http.internal.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorities that this machine trusts: the operating system's bundle, where the reference
 * looks too, so that what an administrator has added counts; else the JDK's own.
 */
final class SystemRoots {
  private static final Logger LOG = LoggerFactory.getLogger(SystemRoots.class);

  private static final List<String> BUNDLES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/ca-bundle.pem",
          "/etc/pki/tls/cacert.pem",
          "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
          "/etc/ssl/cert.pem");

  private SystemRoots() {}

  /** A key store of the system's authorities, null for the JDK's default. */
  static @Nullable KeyStore load() throws GeneralSecurityException {
    String named = System.getenv("SSL_CERT_FILE");
    if (named != null && !named.isEmpty()) {
      return read(named);
    }
    for (String bundle : BUNDLES) {
      KeyStore roots = Files.isReadable(Path.of(bundle)) ? read(bundle) : null;
      if (roots != null) {
        return roots;
      }
    }
    return null;
  }

  private static @Nullable KeyStore read(String bundle) throws GeneralSecurityException {
    try {
      KeyStore store = TlsMaterial.trustStore(Files.readAllBytes(Path.of(bundle)));
      return store.size() == 0 ? null : store;
    } catch (IOException | java.security.cert.CertificateException e) {
      LOG.atWarn()
          .addKeyValue("file", bundle)
          .addKeyValue("err", e.getMessage())
          .log("Can't read the system's certificate authorities");
      return null;
    }
  }
}
