package io.narthex.storage.tsdb.internal.block;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The name of a block: 48 bits of milliseconds since the epoch and 80 bits of chance, written as 26
 * characters of Crockford's base 32, so that names order by the time they were given.
 *
 * @param high the time and the first 16 random bits
 * @param low the other random bits
 */
public record Ulid(long high, long low) implements Comparable<Ulid> {

  public static final int LENGTH = 26;

  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final long MAX_TIME = (1L << 48) - 1;

  /**
   * A new name.
   *
   * @param millis since the epoch, 0 ≤ millis &lt; 2^48
   */
  public static Ulid of(long millis, RandomGenerator random) {
    if (millis < 0 || millis > MAX_TIME) {
      throw new IllegalArgumentException("no time of a ULID: " + millis);
    }
    return new Ulid(millis << 16 | (random.nextInt() & 0xFFFF), random.nextLong());
  }

  /** The ULID with this text, null if it is none. Letters may be small, as the reference reads. */
  public static @Nullable Ulid parse(String text) {
    if (text.length() != LENGTH || text.charAt(0) > '7') {
      return null;
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < LENGTH; i++) {
      int digit = DIGITS.indexOf(upper(text.charAt(i)));
      if (digit < 0) {
        return null;
      }
      high = high << 5 | low >>> 59;
      low = low << 5 | digit;
    }
    return new Ulid(high, low);
  }

  private static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
  }

  /** Milliseconds since the epoch at which the name was given. */
  public long millis() {
    return high >>> 16;
  }

  @Override
  public int compareTo(Ulid other) {
    int c = Long.compareUnsigned(high, other.high);
    return c != 0 ? c : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    char[] out = new char[LENGTH];
    long h = high;
    long l = low;
    for (int i = LENGTH - 1; i >= 0; i--) {
      out[i] = DIGITS.charAt((int) (l & 31));
      l = l >>> 5 | h << 59;
      h >>>= 5;
    }
    return new String(out);
  }
}
