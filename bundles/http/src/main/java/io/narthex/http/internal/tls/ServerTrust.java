package io.narthex.http.internal.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Trust by the JDK's path validation and host name check, with failures in the reference's words. A
 * certificate that has its host in the common name alone is refused, as the reference does.
 */
final class ServerTrust extends X509ExtendedTrustManager {
  private static final String PREFIX = "tls: failed to verify certificate: x509: ";
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private final X509ExtendedTrustManager jdk;

  ServerTrust(X509ExtendedTrustManager jdk) {
    this.jdk = jdk;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    String host = engine.getPeerHost();
    try {
      jdk.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      throw new CertificateException(PREFIX + reason(e, chain[0], host), e);
    }
    if (chain[0].getSubjectAlternativeNames() == null) {
      throw new CertificateException(PREFIX + nameMismatch(chain[0], host));
    }
  }

  private static String reason(
      CertificateException e, X509Certificate leaf, @Nullable String host) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof CertificateExpiredException
          || t instanceof CertificateNotYetValidException) {
        return "certificate has expired or is not yet valid: " + t.getMessage();
      }
    }
    // The JDK's host name check is the only one that throws the plain type.
    if (e.getClass() == CertificateException.class && e.getCause() == null) {
      return nameMismatch(leaf, host);
    }
    return "certificate signed by unknown authority";
  }

  private static String nameMismatch(X509Certificate leaf, @Nullable String host) {
    List<String> dns = names(leaf, DNS_NAME);
    List<String> addresses = names(leaf, IP_ADDRESS);
    if (host == null) {
      return "certificate is not valid for any names";
    }
    if (isAddress(host)) {
      return addresses.isEmpty()
          ? "cannot validate certificate for " + host + " because it doesn't contain any IP SANs"
          : "certificate is valid for " + String.join(", ", addresses) + ", not " + host;
    }
    if (!dns.isEmpty()) {
      return "certificate is valid for " + String.join(", ", dns) + ", not " + host;
    }
    String subject = leaf.getSubjectX500Principal().getName(X500Principal.RFC2253);
    if (addresses.isEmpty()
        && subject.toLowerCase(Locale.ROOT).contains("cn=" + host.toLowerCase(Locale.ROOT))) {
      return "certificate relies on legacy Common Name field, use SANs instead";
    }
    return "certificate is not valid for any names, but wanted to match " + host;
  }

  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private static List<String> names(X509Certificate leaf, int type) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> all = leaf.getSubjectAlternativeNames();
      if (all != null) {
        for (List<?> name : all) {
          if (name.getFirst() instanceof Integer t && t == type) {
            names.add(String.valueOf(name.get(1)));
          }
        }
      }
    } catch (CertificateException e) {
      names.add("names that can't be read: " + e.getMessage());
    }
    return names;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    jdk.checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    jdk.checkServerTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return jdk.getAcceptedIssuers();
  }

  /** Trusts whoever answers: insecure_skip_verify. */
  static final class Anyone extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
