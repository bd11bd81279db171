package io.narthex.storage.remote.internal.series;

/**
 * The storage's references of series that were written before, by the fingerprint of the bytes that
 * name them. For any number of threads; look-ups take no lock.
 *
 * <p>Bounded: the table is split into segments, and a segment that is full forgets what nobody has
 * asked for in the last minutes before it grows, and everything else rather than outgrow its share.
 * What is forgotten is found by its labels again.
 */
public final class SeriesReferences {

  private static final int SEGMENTS = 64;
  private static final int BYTES_PER_SERIES = 40;

  private final ReferenceTable[] segments = new ReferenceTable[SEGMENTS];

  /**
   * @param maxBytes of memory, roughly
   */
  public SeriesReferences(long maxBytes) {
    int each = Math.clamp(maxBytes / BYTES_PER_SERIES / SEGMENTS, 16, 1 << 24);
    for (int i = 0; i < SEGMENTS; i++) {
      segments[i] = new ReferenceTable(each);
    }
  }

  /** The reference, 0 if none is known. */
  public long find(long a, long b) {
    return segments[(int) b & (SEGMENTS - 1)].find(a, b);
  }

  /**
   * Remembers the reference, in place of another one if there is.
   *
   * @param now milliseconds
   */
  public void put(long a, long b, long reference, long now) {
    segments[(int) b & (SEGMENTS - 1)].put(a, b, reference, now);
  }

  /** The number of series in it. */
  public long size() {
    long n = 0;
    for (ReferenceTable t : segments) {
      n += t.size();
    }
    return n;
  }
}
