package io.narthex.web.console.internal;

import java.net.InetAddress;

/** A range of addresses in CIDR notation. Never asks a name server. */
record Network(InetAddress base, int bits) {

  /**
   * Parses {@code address/bits}, or a lone address.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress base;
    int bits;
    try {
      base = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      bits = slash < 0 ? base.getAddress().length * 8 : Integer.parseInt(text.substring(slash + 1));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a network: " + text, e);
    }
    if (bits < 0 || bits > base.getAddress().length * 8) {
      throw new IllegalArgumentException("not a network: " + text);
    }
    return new Network(base, bits);
  }

  boolean contains(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit & 7);
      if (((mine[bit >> 3] ^ other[bit >> 3]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
