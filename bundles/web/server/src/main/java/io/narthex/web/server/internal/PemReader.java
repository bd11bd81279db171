package io.narthex.web.server.internal;

import io.narthex.web.server.internal.WebConfig.Pem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates and private keys in PEM: PKCS #8, and the older forms for RSA and EC. */
final class PemReader {

  private static final long MAX_BYTES = 1 << 20;

  private PemReader() {}

  static String text(Pem pem) throws IOException {
    Path file = pem.file();
    if (file == null) {
      return pem.inline();
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + ": larger than " + MAX_BYTES + " bytes");
    }
    return new String(Files.readAllBytes(file), StandardCharsets.US_ASCII);
  }

  static X509Certificate[] certificates(Pem pem) throws IOException, GeneralSecurityException {
    byte[] data = text(pem).getBytes(StandardCharsets.US_ASCII);
    List<X509Certificate> chain = new ArrayList<>();
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    for (Certificate c : factory.generateCertificates(new ByteArrayInputStream(data))) {
      chain.add((X509Certificate) c);
    }
    if (chain.isEmpty()) {
      throw new GeneralSecurityException("no certificate found in " + name(pem));
    }
    return chain.toArray(X509Certificate[]::new);
  }

  static PrivateKey privateKey(Pem pem) throws IOException, GeneralSecurityException {
    String text = text(pem);
    byte[] der = block(text, "PRIVATE KEY");
    if (der == null) {
      byte[] rsa = block(text, "RSA PRIVATE KEY");
      if (rsa != null) {
        der = Der.pkcs8(Der.RSA, rsa);
      }
    }
    if (der == null) {
      byte[] ec = block(text, "EC PRIVATE KEY");
      if (ec != null) {
        der = Der.pkcs8(Der.ecAlgorithm(ec), ec);
      }
    }
    if (der == null) {
      throw new GeneralSecurityException("no unencrypted private key found in " + name(pem));
    }
    for (String algorithm : new String[] {"RSA", "EC", "EdDSA"}) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        continue; // A key of another kind: the next one may know it.
      }
    }
    throw new GeneralSecurityException("unknown kind of private key in " + name(pem));
  }

  private static String name(Pem pem) {
    return pem.file() == null ? "the inline text" : String.valueOf(pem.file());
  }

  /** The content of the first block of that type, null if there is none. */
  private static byte @org.jspecify.annotations.Nullable [] block(String text, String type)
      throws GeneralSecurityException {
    String begin = "-----BEGIN " + type + "-----";
    int from = text.indexOf(begin);
    int to = text.indexOf("-----END " + type + "-----", from + 1);
    if (from < 0 || to < 0) {
      return null;
    }
    try {
      return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("malformed PEM block " + type, e);
    }
  }
}
