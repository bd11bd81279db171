package io.narthex.web.console.internal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The user and password of a request. */
record Credentials(String user, String password) {
  private static final String BASIC = "Basic ";

  /** Those of an Authorization header; null if it has none that can be read. */
  static @Nullable Credentials of(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return null;
    }
    String pair;
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
      pair = new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
    int colon = pair.indexOf(':');
    return colon < 0 ? null : new Credentials(pair.substring(0, colon), pair.substring(colon + 1));
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return user;
  }
}
