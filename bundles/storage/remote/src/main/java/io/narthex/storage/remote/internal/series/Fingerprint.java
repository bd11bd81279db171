package io.narthex.storage.remote.internal.series;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;

/**
 * Two independent 61-bit hashes of a byte range, with secret keys. They stand for the bytes
 * themselves, which nobody keeps: whoever does not know the keys can't do better than chance at
 * finding two ranges with the same fingerprint, and chance is below 2^-100 for a pair.
 *
 * <p>A block of 1 KiB becomes two 128-bit numbers by the multilinear sum NH (Black, Halevi,
 * Krawczyk, Krovetz, Rogaway: UMAC), the second with shifted keys; these are coefficients of a
 * polynomial modulo 2^61 - 1 at a secret point, one for each hash. For one thread.
 */
public final class Fingerprint {

  /** Bytes that may be read behind the end of a range; they must be there. */
  public static final int SLACK = 16;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long P = (1L << 61) - 1;
  private static final long LOW = 0xFFFFFFFFL;
  private static final int BLOCK = 1024;
  private static final int POINT = 0;
  private static final int COEFFICIENTS = 1;
  private static final int LENGTH = 5;
  private static final int FOLD_KEYS = 6;

  /** Secret numbers that all fingerprints that are to be compared share. */
  public static final class Keys {
    private final long[] sums = new long[BLOCK / 8 + 2];
    private final long[] folds = new long[2 * FOLD_KEYS];

    public Keys(RandomGenerator random) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] = random.nextLong();
      }
      for (int i = 0; i < folds.length; i++) {
        folds[i] = random.nextLong(1, P);
      }
    }
  }

  private final long[] sums;
  private final long[] folds;

  /** The first hash, never 0. */
  public long a;

  /** The second hash. */
  public long b;

  public Fingerprint(Keys keys) {
    sums = keys.sums;
    folds = keys.folds;
  }

  /**
   * Sets {@link #a} and {@link #b}.
   *
   * @param kind tells ranges apart that mean different things by the same bytes; small
   */
  public void hash(byte[] data, int from, int to, int kind) {
    long[] k = sums;
    long first = kind;
    long second = kind;
    int p = from;
    do {
      int blockEnd = Math.min(to, p + BLOCK);
      long lo = 0;
      long hi = 0;
      long lo2 = 0;
      long hi2 = 0;
      int i = 0;
      while (p < blockEnd) {
        long x = (long) LONG.get(data, p);
        long y = (long) LONG.get(data, p + 8);
        int left = blockEnd - p;
        if (left < 16) {
          if (left <= 8) {
            y = 0;
            x = left == 8 ? x : x & ((1L << (left * 8)) - 1);
          } else {
            y &= (1L << ((left - 8) * 8)) - 1;
          }
        }
        long c = x + k[i];
        long d = y + k[i + 1];
        long product = c * d;
        long sum = lo + product;
        hi += Math.unsignedMultiplyHigh(c, d) + (((lo & product) | ((lo | product) & ~sum)) >>> 63);
        lo = sum;
        c = x + k[i + 2];
        d = y + k[i + 3];
        product = c * d;
        sum = lo2 + product;
        hi2 +=
            Math.unsignedMultiplyHigh(c, d) + (((lo2 & product) | ((lo2 | product) & ~sum)) >>> 63);
        lo2 = sum;
        i += 2;
        p += 16;
      }
      p = blockEnd;
      first = fold(first, lo, hi, 0);
      second = fold(second, lo2, hi2, FOLD_KEYS);
    } while (p < to);
    long length = to - (long) from;
    long h = reduce(first + times(length, folds[LENGTH]));
    a = h == 0 ? 1 : h;
    b = reduce(second + times(length, folds[FOLD_KEYS + LENGTH]));
  }

  /** The next value of the polynomial. */
  private long fold(long state, long lo, long hi, int keys) {
    long[] f = folds;
    long sum = times(state, f[keys + POINT]);
    sum = reduce(sum + times(lo & LOW, f[keys + COEFFICIENTS]));
    sum = reduce(sum + times(lo >>> 32, f[keys + COEFFICIENTS + 1]));
    sum = reduce(sum + times(hi & LOW, f[keys + COEFFICIENTS + 2]));
    return reduce(sum + times(hi >>> 32, f[keys + COEFFICIENTS + 3]));
  }

  /** The product modulo 2^61 - 1 of two numbers below it. */
  private static long times(long x, long y) {
    long lo = x * y;
    long hi = Math.multiplyHigh(x, y);
    return reduce((lo & P) + ((lo >>> 61) | (hi << 3)));
  }

  /** A number below 2^62 modulo 2^61 - 1. */
  private static long reduce(long x) {
    long r = (x & P) + (x >>> 61);
    return r >= P ? r - P : r;
  }
}
