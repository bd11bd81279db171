package io.narthex.model;

/** The two NaNs that matter: the one that marks a series as ended, and the ordinary one. */
public final class StaleMarker {

  /** The bits of the value that says that a series has no more samples for now. */
  public static final long BITS = 0x7ff0000000000002L;

  /** The bits of every other NaN that is stored. */
  public static final long NORMAL_NAN_BITS = 0x7ff8000000000001L;

  /** {@link #BITS} as a value; keep it in memory only, arithmetic may lose the payload. */
  public static final double VALUE = Double.longBitsToDouble(BITS);

  /** {@link #NORMAL_NAN_BITS} as a value. */
  public static final double NORMAL_NAN = Double.longBitsToDouble(NORMAL_NAN_BITS);

  private StaleMarker() {}

  public static boolean is(double value) {
    return Double.doubleToRawLongBits(value) == BITS;
  }
}
