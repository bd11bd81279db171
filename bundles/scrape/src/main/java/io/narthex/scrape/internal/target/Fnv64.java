package io.narthex.scrape.internal.target;

import java.nio.charset.StandardCharsets;

/** The FNV-1a hash of 64 bits. */
public final class Fnv64 {

  private static final long BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Fnv64() {}

  public static long hash(String text) {
    long h = BASIS;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      h = (h ^ (b & 0xFF)) * PRIME;
    }
    return h;
  }
}
