package io.narthex.http.internal.tls;

import java.io.ByteArrayOutputStream;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The little of ASN.1 DER that turns the older private key forms into PKCS#8, which the JDK reads.
 *
 * <pre>
 * PrivateKeyInfo ::= SEQUENCE { version INTEGER 0, algorithm SEQUENCE { OID, parameters },
 *                               privateKey OCTET STRING }
 * ECPrivateKey   ::= SEQUENCE { version INTEGER 1, privateKey OCTET STRING,
 *                               parameters [0] OID OPTIONAL, publicKey [1] BIT STRING OPTIONAL }
 * </pre>
 */
final class Der {
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int PARAMETERS = 0xa0;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

  /** rsaEncryption 1.2.840.113549.1.1.1 with its NULL parameters. */
  private static final byte[] RSA = {
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };

  /** id-ecPublicKey 1.2.840.10045.2.1. */
  private static final byte[] EC = {
    0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
  };

  private final byte[] bytes;
  private int at;
  private final int end;

  private Der(byte[] bytes, int at, int end) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** PKCS#8 around an RSAPrivateKey of PKCS#1. */
  static byte[] pkcs8OfPkcs1(byte[] key) {
    return pkcs8(RSA, key);
  }

  /** PKCS#8 around an ECPrivateKey of SEC 1, whose curve must be named in it. */
  static byte[] pkcs8OfSec1(byte[] key) throws InvalidKeySpecException {
    byte[] curve = curveOf(key);
    if (curve == null) {
      throw new InvalidKeySpecException("the EC private key does not name its curve");
    }
    return pkcs8(concat(EC, curve), key);
  }

  private static byte @Nullable [] curveOf(byte[] key) throws InvalidKeySpecException {
    Der sequence = new Der(key, 0, key.length).enter(SEQUENCE);
    sequence.skip();
    sequence.skip();
    if (sequence.at < sequence.end && (sequence.bytes[sequence.at] & 0xff) == PARAMETERS) {
      Der parameters = sequence.enter(PARAMETERS);
      return Arrays.copyOfRange(key, parameters.at, parameters.end);
    }
    return null;
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return wrap(
        SEQUENCE, concat(concat(VERSION_0, wrap(SEQUENCE, algorithm)), wrap(OCTET_STRING, key)));
  }

  private static byte[] wrap(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 6);
    out.write(tag);
    int n = content.length;
    if (n < 0x80) {
      out.write(n);
    } else {
      int octets = (32 - Integer.numberOfLeadingZeros(n) + 7) / 8;
      out.write(0x80 | octets);
      for (int shift = (octets - 1) * 8; shift >= 0; shift -= 8) {
        out.write(n >>> shift);
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private Der enter(int tag) throws InvalidKeySpecException {
    if (at >= end || (bytes[at] & 0xff) != tag) {
      throw new InvalidKeySpecException("malformed private key: ASN.1 tag " + tag + " expected");
    }
    at++;
    int length = length();
    Der inner = new Der(bytes, at, at + length);
    at += length;
    return inner;
  }

  private void skip() throws InvalidKeySpecException {
    if (at >= end) {
      throw new InvalidKeySpecException("malformed private key: it ends too early");
    }
    at++;
    int length = length();
    at += length;
  }

  private int length() throws InvalidKeySpecException {
    if (at >= end) {
      throw new InvalidKeySpecException("malformed private key: it ends too early");
    }
    int first = bytes[at++] & 0xff;
    int length = first;
    if (first >= 0x80) {
      int octets = first & 0x7f;
      if (octets == 0 || octets > 3 || at + octets > end) {
        throw new InvalidKeySpecException("malformed private key: bad ASN.1 length");
      }
      length = 0;
      for (int i = 0; i < octets; i++) {
        length = length << 8 | (bytes[at++] & 0xff);
      }
    }
    if (length > end - at) {
      throw new InvalidKeySpecException("malformed private key: it ends too early");
    }
    return length;
  }
}
