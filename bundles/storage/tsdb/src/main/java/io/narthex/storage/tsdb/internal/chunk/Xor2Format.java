package io.narthex.storage.tsdb.internal.chunk;

/**
 * The encoding of float samples with start timestamps, number 4.
 *
 * <pre>
 * chunk  := count(BE16) starts(8) first [ second other* ]
 * starts := known(1) changed(7)    whether the first sample's is there; from which sample on each is
 * first  := t(varint) v(64) [ t-start(varint) ]
 * second := delta(uvarint) value [ start ]
 * other  := joint [ start ]
 * joint  := 0                                       same delta and value
 *         | 10 0 bits | 10 1 window                 same delta, another value
 *         | 110 dod(13) value | 1110 dod(20) value | 11110 dod(64) value
 *         | 11111                                   same delta, stale
 * value  := 0 | 10 bits | 110 window | 111          as before, old window, new window, stale
 * window := leading(5) length(6) bits
 * start  := varbit                                  time of the sample before minus start; later ones
 *                                                   the difference to the one before of that
 * </pre>
 *
 * Numbers of 13 and 20 bits are two's complements. A stale sample leaves the value that the next
 * one is compared with.
 */
public final class Xor2Format {

  /** The number of the encoding. */
  public static final int ENCODING = 4;

  /** Bytes in front of the samples. */
  static final int HEADER = 3;

  /** In the third byte: the first sample has a start timestamp. */
  static final int FIRST_KNOWN = 0x80;

  /** From this sample on each has a start timestamp. */
  static final int MAX_CHANGED = 127;

  /** The most bytes that one sample adds. */
  static final int MAX_SAMPLE = 29;

  private Xor2Format() {}
}
