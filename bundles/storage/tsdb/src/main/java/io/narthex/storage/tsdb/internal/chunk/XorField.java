package io.narthex.storage.tsdb.internal.chunk;

/** A float that is coded as its difference to the one before, with a window of its own. */
final class XorField {

  long bits;
  private int leading = 0xFF;
  private int trailing;

  void write(BitBuffer out, double value) {
    long next = Double.doubleToRawLongBits(value);
    long xor = next ^ bits;
    bits = next;
    if (xor == 0) {
      out.put(0, 1);
      return;
    }
    int lead = Math.min(Long.numberOfLeadingZeros(xor), 31);
    int trail = Long.numberOfTrailingZeros(xor);
    if (leading != 0xFF && lead >= leading && trail >= trailing) {
      out.put(2, 2);
      out.put(xor >>> trailing, 64 - leading - trailing);
      return;
    }
    leading = lead;
    trailing = trail;
    int n = 64 - lead - trail;
    out.put(3, 2);
    out.put(lead, 5);
    out.put(n & 0x3F, 6);
    out.put(xor >>> trail, n);
  }

  double read(BitSource in) {
    if (in.bits(1) != 0) {
      if (in.bits(1) != 0) {
        leading = (int) in.bits(5);
        int n = (int) in.bits(6);
        trailing = 64 - leading - (n == 0 ? 64 : n);
        if (trailing < 0) {
          throw new IllegalStateException("a window in a chunk of histograms is too long");
        }
      } else if (leading == 0xFF) {
        throw new IllegalStateException("a window in a chunk of histograms is missing");
      }
      bits ^= in.bits(64 - leading - trailing) << trailing;
    }
    return Double.longBitsToDouble(bits);
  }
}
