package io.narthex.storage.tsdb.internal.block.index;

import io.narthex.api.storage.StorageException;
import io.narthex.storage.tsdb.internal.block.file.MappedFile;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One series of an index, decoded into arrays. Reused by one thread: {@link IndexReader#read} puts
 * a series in, {@link #readChunks} decodes its chunks.
 */
public final class SeriesEntry {

  /** Bytes that a chunk takes at least. */
  private static final int MIN_CHUNK = 3;

  private static final int LARGE = 1 << 16;

  private final CRC32C crc = new CRC32C();
  private byte[] data = new byte[512];
  private int length;
  private int position;
  private int chunksAt;
  private long offset;
  private int[] pairs = new int[32];
  private int labels;
  private long[] minTimes = new long[16];
  private long[] maxTimes = new long[16];
  private long[] refs = new long[16];
  private int chunks;
  private @Nullable MappedFile file;

  /** Reads labels; chunks remain to be read. */
  void read(MappedFile from, long at, int bytes) throws StorageException {
    file = from;
    offset = at;
    if (bytes > LARGE) {
      // No memory is taken for what is no series.
      from.verify(at, bytes, "series");
    }
    if (data.length < bytes) {
      data = new byte[Math.max(bytes, data.length * 2)];
    }
    from.copy(at, data, bytes);
    from.verify(at, data, bytes, crc, "series");
    length = bytes;
    position = 0;
    chunks = 0;
    labels = count(2);
    if (pairs.length < 2 * labels) {
      pairs = new int[2 * labels];
    }
    for (int i = 0; i < 2 * labels; i++) {
      long symbol = uvarint();
      if (symbol < 0 || symbol > Integer.MAX_VALUE) {
        throw corrupt("unknown symbol offset " + Long.toUnsignedString(symbol));
      }
      pairs[i] = (int) symbol;
    }
    chunksAt = position;
  }

  public int labelCount() {
    return labels;
  }

  /** What the i-th label's name is called in {@link Symbols}. */
  public int name(int i) {
    return pairs[2 * i];
  }

  /** What the i-th label's value is called in {@link Symbols}. */
  public int value(int i) {
    return pairs[2 * i + 1];
  }

  /**
   * Decodes the chunks that have a part from one time to another, both included.
   *
   * @return how many there are
   */
  public int readChunks(long from, long to) throws StorageException {
    position = chunksAt;
    chunks = 0;
    int n = count(MIN_CHUNK);
    long maxTime = 0;
    long ref = 0;
    for (int i = 0; i < n; i++) {
      long minTime = i == 0 ? varint() : maxTime + uvarint();
      if (minTime > to) {
        break;
      }
      maxTime = minTime + uvarint();
      ref = i == 0 ? uvarint() : ref + varint();
      if (maxTime < minTime) {
        throw corrupt("a chunk ends before it begins");
      }
      if (maxTime >= from) {
        add(minTime, maxTime, ref);
      }
    }
    return chunks;
  }

  /** Whether a chunk has a part from one time to another, both included. */
  public boolean overlaps(long from, long to) throws StorageException {
    position = chunksAt;
    int n = count(MIN_CHUNK);
    long maxTime = 0;
    for (int i = 0; i < n; i++) {
      long minTime = i == 0 ? varint() : maxTime + uvarint();
      if (minTime > to) {
        return false;
      }
      maxTime = minTime + uvarint();
      if (maxTime >= from) {
        return true;
      }
      uvarint();
    }
    return false;
  }

  private void add(long minTime, long maxTime, long ref) {
    if (chunks == refs.length) {
      minTimes = Arrays.copyOf(minTimes, chunks * 2);
      maxTimes = Arrays.copyOf(maxTimes, chunks * 2);
      refs = Arrays.copyOf(refs, chunks * 2);
    }
    minTimes[chunks] = minTime;
    maxTimes[chunks] = maxTime;
    refs[chunks++] = ref;
  }

  /** Of those that {@link #readChunks} found. */
  public int chunkCount() {
    return chunks;
  }

  public long minTime(int chunk) {
    return minTimes[chunk];
  }

  public long maxTime(int chunk) {
    return maxTimes[chunk];
  }

  /** Where the chunk is in the chunk files. */
  public long ref(int chunk) {
    return refs[chunk];
  }

  /** A count of things that take some bytes each. */
  private int count(int size) throws StorageException {
    long n = uvarint();
    if (n < 0 || n > (length - position) / size) {
      throw corrupt("a count of " + Long.toUnsignedString(n) + " is too large");
    }
    return (int) n;
  }

  private long uvarint() throws StorageException {
    long v = 0;
    for (int shift = 0; shift < 64 && position < length; shift += 7) {
      int b = data[position++];
      v |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return v;
      }
    }
    throw corrupt("a number is cut off or too long");
  }

  private long varint() throws StorageException {
    long v = uvarint();
    return (v >>> 1) ^ -(v & 1);
  }

  private StorageException corrupt(String what) {
    MappedFile f = file;
    return f == null
        ? new StorageException(StorageException.Kind.CORRUPT, what)
        : f.corrupt(offset + position, "series: " + what);
  }
}
