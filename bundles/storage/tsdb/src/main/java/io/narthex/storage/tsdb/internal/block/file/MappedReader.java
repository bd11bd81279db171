package io.narthex.storage.tsdb.internal.block.file;

import io.narthex.api.storage.StorageException;
import java.nio.charset.StandardCharsets;

/** Reads numbers and strings one behind the other from a range of a file. Used by one thread. */
public final class MappedReader {

  private static final int MAX_STRING = 1 << 26;

  private final MappedFile file;
  private long position;
  private long end;

  public MappedReader(MappedFile file, long position, long end) {
    this.file = file;
    this.position = position;
    this.end = end;
  }

  public void seek(long newPosition) {
    position = newPosition;
  }

  public void range(long newPosition, long newEnd) {
    position = newPosition;
    end = newEnd;
  }

  public long position() {
    return position;
  }

  public boolean hasRemaining() {
    return position < end;
  }

  public int get() throws StorageException {
    if (position >= end) {
      throw file.corrupt(position, "a number is cut off");
    }
    return file.get(position++);
  }

  public long uvarint() throws StorageException {
    long v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = get();
      v |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        return v;
      }
    }
    throw file.corrupt(position, "a number is longer than 64 bits");
  }

  /** The length of the bytes that follow, which lie in the range. */
  public int length() throws StorageException {
    long at = position;
    long n = uvarint();
    if (n < 0 || n > end - position || n > MAX_STRING) {
      throw file.corrupt(at, "a string of " + Long.toUnsignedString(n) + " bytes is too long");
    }
    return (int) n;
  }

  public void skip(long n) {
    position += n;
  }

  public void skipString() throws StorageException {
    int n = length();
    position += n;
  }

  public String string() throws StorageException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** The bytes of a string. */
  public byte[] bytes() throws StorageException {
    byte[] out = new byte[length()];
    file.copy(position, out, out.length);
    position += out.length;
    return out;
  }

  /** Compares the string here with another by bytes, and goes behind it. */
  public int compareString(byte[] other) throws StorageException {
    int n = length();
    int c = 0;
    for (int i = 0; i < n && i < other.length && c == 0; i++) {
      c = file.get(position + i) - (other[i] & 0xFF);
    }
    position += n;
    return c != 0 ? c : n - other.length;
  }

  /** Whether the string here begins with bytes; stays where it is. */
  public boolean startsWith(byte[] prefix) throws StorageException {
    long at = position;
    int n = length();
    boolean same = n >= prefix.length;
    for (int i = 0; i < prefix.length && same; i++) {
      same = file.get(position + i) == (prefix[i] & 0xFF);
    }
    position = at;
    return same;
  }
}
