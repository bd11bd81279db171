package io.narthex.storage.tsdb.internal.block.index;

import io.narthex.api.storage.StorageException;
import io.narthex.storage.tsdb.internal.block.file.MappedFile;
import io.narthex.storage.tsdb.internal.block.file.MappedReader;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The strings of an index, in place. Of every 16th its offset is kept; from there it is a walk. In
 * version 1 a reference to a string is its offset in the file, later its ordinal.
 */
public final class Symbols {

  private static final int STEP = 16;

  private final MappedFile file;
  private final boolean byOffset;
  private final int count;
  private final long start;
  private final long end;

  /** Offsets behind {@link #start}, of strings 0, 16, 32 …; without sign. */
  private final int[] samples;

  private Symbols(
      MappedFile file, boolean byOffset, int count, long start, long end, int[] samples) {
    this.file = file;
    this.byOffset = byOffset;
    this.count = count;
    this.start = start;
    this.end = end;
    this.samples = samples;
  }

  static Symbols read(MappedFile file, Toc toc) throws StorageException {
    long length = file.getInt(toc.symbols()) & 0xFFFFFFFFL;
    long body = toc.symbols() + 4;
    file.verify(body, length, "symbols");
    long start = body + 4;
    long end = body + length;
    long n = file.getInt(body) & 0xFFFFFFFFL;
    if (length < 4 || n > length - 4 || n > Integer.MAX_VALUE) {
      throw file.corrupt(body, n + " symbols in " + length + " bytes");
    }
    int[] samples = new int[(int) ((n + STEP - 1) / STEP)];
    MappedReader in = new MappedReader(file, start, end);
    for (int i = 0; i < n; i++) {
      if (i % STEP == 0) {
        samples[i / STEP] = (int) (in.position() - start);
      }
      in.skipString();
    }
    return new Symbols(file, toc.isV1(), (int) n, start, end, samples);
  }

  public int count() {
    return count;
  }

  /** Bytes that are kept in memory. */
  long memory() {
    return samples.length * 4L;
  }

  /** The string that a series entry refers to. */
  public String text(int reference) throws StorageException {
    MappedReader in = at(reference);
    return in.string();
  }

  private MappedReader at(int reference) throws StorageException {
    if (byOffset) {
      long offset = reference & 0xFFFFFFFFL;
      if (offset < start || offset >= end) {
        throw unknown(reference);
      }
      return new MappedReader(file, offset, end);
    }
    if (reference < 0 || reference >= count) {
      throw unknown(reference);
    }
    MappedReader in =
        new MappedReader(file, start + (samples[reference / STEP] & 0xFFFFFFFFL), end);
    for (int i = reference % STEP; i > 0; i--) {
      in.skipString();
    }
    return in;
  }

  /** Where each string begins in the file, ascending as the strings do; without sign. */
  int[] offsets() throws StorageException {
    int[] out = new int[count];
    MappedReader in = new MappedReader(file, start, end);
    byte[] before = null;
    for (int i = 0; i < count; i++) {
      out[i] = (int) in.position();
      byte[] text = in.bytes();
      if (before != null && Arrays.compareUnsigned(before, text) >= 0) {
        throw file.corrupt(in.position(), "symbols do not ascend");
      }
      before = text;
    }
    return out;
  }

  /** The bytes of the string that begins at an offset. */
  MemorySegment bytesAt(int offset) throws StorageException {
    MappedReader in = new MappedReader(file, offset & 0xFFFFFFFFL, end);
    int n = in.length();
    return file.slice(in.position(), n);
  }

  /** The ordinal of what a series entry refers to. */
  int ordinal(int reference, int[] offsets) throws StorageException {
    if (!byOffset) {
      if (reference < 0 || reference >= count) {
        throw unknown(reference);
      }
      return reference;
    }
    int low = 0;
    int high = offsets.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int c = Integer.compareUnsigned(offsets[middle], reference);
      if (c == 0) {
        return middle;
      }
      if (c < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    throw unknown(reference);
  }

  private StorageException unknown(int reference) {
    return file.corrupt(start, "unknown symbol offset " + Integer.toUnsignedString(reference));
  }
}
