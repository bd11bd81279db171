package io.narthex.web.server.internal;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Accepts client certificates: any, where they are only asked for, or those of the given
 * authorities, whose subject alternative names may have to be among the allowed ones.
 */
final class ClientTrust extends X509ExtendedTrustManager {

  private static final X509Certificate[] NONE = {};

  private final @Nullable X509ExtendedTrustManager authorities;
  private final List<String> allowedSans;

  ClientTrust(@Nullable X509ExtendedTrustManager authorities, List<String> allowedSans) {
    this.authorities = authorities;
    this.allowedSans = allowedSans;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (authorities != null) {
      // Without the engine: its end point check would look for the client's host name.
      authorities.checkClientTrusted(chain, authType);
    }
    checkNames(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    if (authorities != null) {
      authorities.checkClientTrusted(chain, authType);
    }
    checkNames(chain);
  }

  private void checkNames(X509Certificate[] chain) throws CertificateException {
    if (allowedSans.isEmpty()) {
      return;
    }
    Collection<List<?>> names = chain[0].getSubjectAlternativeNames();
    if (names != null) {
      for (List<?> name : names) {
        if (name.size() > 1 && name.get(1) instanceof String text && allowedSans.contains(text)) {
          return;
        }
      }
    }
    throw new CertificateException(
        "could not find allowed SANs in client cert, allowed: " + String.join(", ", allowedSans));
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities == null ? NONE : authorities.getAcceptedIssuers();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this trust manager checks clients only");
  }
}
