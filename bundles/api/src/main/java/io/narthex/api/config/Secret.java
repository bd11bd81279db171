package io.narthex.api.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A text that no output shows: it prints as {@code <secret>}, or as nothing when it is empty. */
public final class Secret {

  /** The secret that is not set. */
  public static final Secret NONE = new Secret("");

  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The text itself; never log it or put it into an answer. */
  public String reveal() {
    return value;
  }

  public boolean isEmpty() {
    return value.isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Secret s
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), s.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value.isEmpty() ? "" : "<secret>";
  }
}
