package io.narthex.http.internal.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads certificates and private keys from PEM; text outside of the blocks is ignored. */
public final class Pem {
  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";
  private static final String[] KEY_ALGORITHMS = {"RSA", "EC", "EdDSA", "RSASSA-PSS"};

  private record Block(String label, byte[] der) {}

  private Pem() {}

  /** All certificates in order; refused if one can't be read. */
  public static List<X509Certificate> certificates(byte[] pem) throws CertificateException {
    List<X509Certificate> certificates = new ArrayList<>();
    CertificateException failure = read(pem, certificates);
    if (failure != null) {
      throw failure;
    }
    return certificates;
  }

  /** The certificates that can be read: a bundle is not useless because of a single odd one. */
  static List<X509Certificate> readableCertificates(byte[] pem) throws CertificateException {
    List<X509Certificate> certificates = new ArrayList<>();
    CertificateException failure = read(pem, certificates);
    if (failure != null && certificates.isEmpty()) {
      throw failure;
    }
    return certificates;
  }

  /** The first failure, null if there was none. */
  private static @Nullable CertificateException read(byte[] pem, List<X509Certificate> into)
      throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    CertificateException failure = null;
    try {
      for (Block b : blocks(pem)) {
        if (b.label.equals("CERTIFICATE") || b.label.equals("X509 CERTIFICATE")) {
          try {
            into.add(
                (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(b.der)));
          } catch (CertificateException e) {
            failure = failure == null ? e : failure;
          }
        }
      }
    } catch (InvalidKeySpecException e) {
      throw new CertificateException(e.getMessage(), e);
    }
    return failure;
  }

  /** The first private key: PKCS#8, PKCS#1 (RSA) or SEC 1 (EC). */
  public static PrivateKey privateKey(byte[] pem) throws GeneralSecurityException {
    for (Block b : blocks(pem)) {
      switch (b.label) {
        case "PRIVATE KEY":
          return pkcs8(b.der);
        case "RSA PRIVATE KEY":
          return pkcs8(Der.pkcs8OfPkcs1(b.der));
        case "EC PRIVATE KEY":
          return pkcs8(Der.pkcs8OfSec1(b.der));
        case "ENCRYPTED PRIVATE KEY":
          throw new InvalidKeySpecException("the private key is encrypted");
        default: // certificates, EC parameters
      }
    }
    throw new InvalidKeySpecException(
        "failed to find any PEM data with a private key in key input");
  }

  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    InvalidKeySpecException failure = null;
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        if (failure == null) {
          failure = e;
        }
      }
    }
    throw new InvalidKeySpecException("failed to parse private key", failure);
  }

  private static List<Block> blocks(byte[] pem) throws InvalidKeySpecException {
    String text = new String(pem, StandardCharsets.ISO_8859_1);
    List<Block> blocks = new ArrayList<>();
    int at = text.indexOf(BEGIN);
    while (at >= 0) {
      int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
      if (labelEnd < 0) {
        break;
      }
      String label = text.substring(at + BEGIN.length(), labelEnd);
      int end = text.indexOf("-----END " + label + DASHES, labelEnd);
      if (end < 0) {
        throw new InvalidKeySpecException("PEM block " + label + " has no end");
      }
      String body = text.substring(labelEnd + DASHES.length(), end);
      if (body.contains("Proc-Type: 4,ENCRYPTED")) {
        throw new InvalidKeySpecException("the private key is encrypted");
      }
      try {
        blocks.add(new Block(label, Base64.getMimeDecoder().decode(body)));
      } catch (IllegalArgumentException e) {
        throw new InvalidKeySpecException("PEM block " + label + " is not base64", e);
      }
      at = text.indexOf(BEGIN, end + DASHES.length());
    }
    return blocks;
  }
}
