package io.narthex.web.server.internal;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;

/** As much DER as it takes to put an older form of private key into PKCS #8. */
final class Der {

  /** AlgorithmIdentifier of rsaEncryption with NULL parameters. */
  static final byte[] RSA = {
    0x30,
    0x0d,
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

  /** OBJECT IDENTIFIER id-ecPublicKey. */
  private static final byte[] EC = {
    0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
  };

  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int CONTEXT_0 = 0xa0;

  private Der() {}

  /** {@code SEQUENCE { INTEGER 0, algorithm, OCTET STRING key }}. */
  static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return element(SEQUENCE, VERSION_0, algorithm, element(OCTET_STRING, key));
  }

  /**
   * The algorithm of a SEC 1 key: {@code SEQUENCE { INTEGER 1, OCTET STRING, [0] curve … }}.
   *
   * @throws GeneralSecurityException if the key does not name its curve
   */
  static byte[] ecAlgorithm(byte[] key) throws GeneralSecurityException {
    int at = content(key, 0);
    at = end(key, at);
    at = end(key, at);
    if (at >= key.length || (key[at] & 0xff) != CONTEXT_0) {
      throw new GeneralSecurityException("the EC private key does not name its curve");
    }
    byte[] curve = java.util.Arrays.copyOfRange(key, content(key, at), end(key, at));
    return element(SEQUENCE, EC, curve);
  }

  private static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  /** Where the content of the element at {@code at} begins. */
  private static int content(byte[] der, int at) throws GeneralSecurityException {
    check(der, at + 1);
    int first = der[at + 1] & 0xff;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  /** Where the element at {@code at} ends. */
  private static int end(byte[] der, int at) throws GeneralSecurityException {
    int from = content(der, at);
    check(der, from - 1);
    int length = der[at + 1] & 0xff;
    if (length >= 0x80) {
      int bytes = length & 0x7f;
      if (bytes > 2) {
        throw new GeneralSecurityException("malformed private key");
      }
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = length << 8 | (der[at + 2 + i] & 0xff);
      }
    }
    if (from + length > der.length) {
      throw new GeneralSecurityException("truncated private key");
    }
    return from + length;
  }

  private static void check(byte[] der, int index) throws GeneralSecurityException {
    if (index >= der.length) {
      throw new GeneralSecurityException("truncated private key");
    }
  }
}
