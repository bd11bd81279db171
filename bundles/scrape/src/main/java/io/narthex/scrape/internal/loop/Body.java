package io.narthex.scrape.internal.loop;

import io.narthex.api.exposition.ExpositionFormat;
import io.narthex.api.exposition.ExpositionReader;
import io.narthex.api.exposition.Expositions;
import io.narthex.api.exposition.ReaderOptions;
import io.narthex.model.LabelsBuilder;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * What one scrape works with: the array for the body, the readers, the inflater. Lent by {@link
 * Bodies} for the time of a scrape, and used by the next one then.
 */
final class Body {

  private static final int SMALLEST = 16 * 1024;
  private static final int COMPRESSED = 16 * 1024;

  private final Bodies owner;

  /** Filled up to {@link #length}, with at least one byte behind. */
  byte[] bytes = new byte[0];

  int length;

  /** When it was given back. */
  long idleSince;

  /** How far it was filled since it was lent. */
  int filled;

  /** When more than a small part of its array was last used. */
  long neededAt;

  final LabelsBuilder labels = new LabelsBuilder();

  /** By format, with the options each was made with. */
  private final @Nullable ExpositionReader[] readers =
      new ExpositionReader[ExpositionFormat.values().length];

  private final @Nullable ReaderOptions[] made = new ReaderOptions[readers.length];
  private @Nullable Inflater inflater;
  private byte[] compressed = new byte[0];
  private final CRC32 crc = new CRC32();

  Body(Bodies owner) {
    this.owner = owner;
  }

  /** The reader for a format, set to the body. */
  ExpositionReader reader(Expositions expositions, ExpositionFormat format, ReaderOptions options) {
    int i = format.ordinal();
    ExpositionReader r = readers[i];
    if (r == null || !options.equals(made[i])) {
      r = expositions.reader(format, options);
      readers[i] = r;
      made[i] = options;
    }
    r.reset(bytes, length);
    return r;
  }

  /** Reads the stream to its end; false, before it is read whole, if it has {@code limit} bytes. */
  boolean fill(InputStream in, long limit) throws IOException {
    length = 0;
    while (true) {
      ensureRoom();
      int n = in.read(bytes, length, room(limit));
      if (n < 0) {
        return true;
      }
      length += n;
      if (length >= limit) {
        return false;
      }
    }
  }

  /** Reads a gzip stream of one or more members in the same way. */
  boolean fillInflated(InputStream in, long limit) throws IOException {
    length = 0;
    Inflater z = inflater;
    if (z == null) {
      z = new Inflater(true);
      inflater = z;
      compressed = new byte[COMPRESSED];
    }
    GzipInput input = new GzipInput(in, compressed);
    input.readHeader();
    do {
      z.reset();
      crc.reset();
      int start = length;
      if (!inflateMember(z, input, limit)) {
        return false;
      }
      input.giveBack(z.getRemaining());
      input.readTrailer((int) crc.getValue(), length - start);
    } while (input.readNextHeader());
    return true;
  }

  private boolean inflateMember(Inflater z, GzipInput input, long limit) throws IOException {
    try {
      while (!z.finished()) {
        ensureRoom();
        int n = z.inflate(bytes, length, room(limit));
        crc.update(bytes, length, n);
        length += n;
        if (length >= limit) {
          return false;
        }
        if (n == 0 && z.needsInput()) {
          input.feed(z);
        }
        if (n == 0 && z.needsDictionary()) {
          throw new IOException("flate: corrupt input: a dictionary is needed");
        }
      }
      return true;
    } catch (DataFormatException e) {
      throw new IOException("flate: corrupt input: " + e.getMessage(), e);
    }
  }

  /** How much may be read next, leaving one byte free. */
  private int room(long limit) {
    return (int) Math.min(bytes.length - 1L - length, limit - length);
  }

  private void ensureRoom() throws IOException {
    filled = Math.max(filled, length);
    if (length + 1 < bytes.length) {
      return;
    }
    int wanted = (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(SMALLEST, bytes.length * 2L));
    if (wanted == bytes.length || !owner.reserve(wanted - (long) bytes.length)) {
      throw new Bodies.NoRoomException(length);
    }
    bytes = Arrays.copyOf(bytes, wanted);
  }

  /** Frees the array and what lies outside of the heap. */
  void free() {
    owner.release(bytes.length);
    bytes = new byte[0];
    length = 0;
    Arrays.fill(readers, null);
    if (inflater != null) {
      inflater.end();
      inflater = null;
    }
  }

  /** The compressed bytes of a stream, in a small buffer. */
  private static final class GzipInput {
    private final InputStream in;
    private final byte[] buffer;
    private int at;
    private int end;

    GzipInput(InputStream in, byte[] buffer) {
      this.in = in;
      this.buffer = buffer;
    }

    void feed(Inflater z) throws IOException {
      if (at == end && !refill()) {
        throw new EOFException("unexpected EOF");
      }
      z.setInput(buffer, at, end - at);
      at = end;
    }

    void giveBack(int n) {
      at -= n;
    }

    private boolean refill() throws IOException {
      int n = in.read(buffer, 0, buffer.length);
      at = 0;
      end = Math.max(n, 0);
      return n > 0;
    }

    private int next() throws IOException {
      if (at == end && !refill()) {
        throw new EOFException("unexpected EOF");
      }
      return buffer[at++] & 0xFF;
    }

    boolean readNextHeader() throws IOException {
      if (at == end && !refill()) {
        return false;
      }
      readHeader();
      return true;
    }

    void readHeader() throws IOException {
      if (at == end && !refill()) {
        throw new EOFException("EOF");
      }
      int magic = next() | next() << 8 | next() << 16;
      int flags = next();
      skip(6);
      if (magic != 0x088B1F) {
        throw new IOException("gzip: invalid header");
      }
      if ((flags & 4) != 0) {
        skip(next() | next() << 8);
      }
      if ((flags & 8) != 0) {
        skipText();
      }
      if ((flags & 16) != 0) {
        skipText();
      }
      if ((flags & 2) != 0) {
        skip(2);
      }
    }

    void readTrailer(int crc, int size) throws IOException {
      int sum = readInt();
      int count = readInt();
      if (sum != crc || count != size) {
        throw new IOException("gzip: invalid checksum");
      }
    }

    private int readInt() throws IOException {
      return next() | next() << 8 | next() << 16 | next() << 24;
    }

    private void skip(int n) throws IOException {
      for (int i = 0; i < n; i++) {
        int unused = next();
      }
    }

    private void skipText() throws IOException {
      int c = next();
      while (c != 0) {
        c = next();
      }
    }
  }
}
