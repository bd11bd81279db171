package io.narthex.storage.tsdb.internal.block.chunkfile;

import io.narthex.api.storage.StorageException;
import io.narthex.storage.tsdb.internal.block.file.MappedFile;
import io.narthex.storage.tsdb.internal.disk.Disk;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The chunk files of a block, read in place. Any number of threads may use them. */
public final class ChunkFiles {

  private static final int MAX_LENGTH_BYTES = 5;

  private final Path directory;
  private final List<MappedFile> segments;

  private ChunkFiles(Path directory, List<MappedFile> segments) {
    this.directory = directory;
    this.segments = List.copyOf(segments);
  }

  /** Maps the segments from 000001 on. */
  public static ChunkFiles open(Disk disk, Path directory, Arena arena) throws IOException {
    List<MappedFile> segments = new ArrayList<>();
    while (disk.isFile(ChunkFileFormat.file(directory, segments.size()))) {
      MappedFile f = MappedFile.open(disk, ChunkFileFormat.file(directory, segments.size()), arena);
      if (f.size() < ChunkFileFormat.HEADER) {
        throw f.corrupt(0, "invalid segment header: " + f.size() + " bytes");
      }
      if (f.getInt(0) != ChunkFileFormat.MAGIC) {
        throw f.corrupt(0, "invalid magic number " + Integer.toHexString(f.getInt(0)));
      }
      if (f.get(4) != ChunkFileFormat.VERSION) {
        throw f.corrupt(4, "invalid chunk format version " + f.get(4));
      }
      segments.add(f);
    }
    return new ChunkFiles(directory, segments);
  }

  /** Bytes of all files. */
  public long size() {
    long n = 0;
    for (MappedFile f : segments) {
      n += f.size();
    }
    return n;
  }

  /** The first file that is shorter now than when it was mapped, null if none is. */
  public @Nullable Path cutOff(Disk disk) throws IOException {
    for (MappedFile f : segments) {
      if (!disk.isFile(f.path()) || disk.size(f.path()) < f.size()) {
        return f.path();
      }
    }
    return null;
  }

  /** Finds a chunk and compares its checksum. */
  public void read(long ref, ChunkData into) throws StorageException {
    MappedFile f = locate(ref, into);
    into.copy(f);
  }

  /** A chunk's data in place; its checksum is compared. Reading may throw InternalError. */
  public MemorySegment data(long ref, ChunkData place) throws StorageException {
    MappedFile f = locate(ref, place);
    f.verify(place.offset, place.length + 1L, "chunk");
    return f.slice(place.offset + 1, place.length);
  }

  /** Finds a chunk without reading it. */
  public MappedFile locate(long ref, ChunkData into) throws StorageException {
    long segment = ref >>> 32;
    long at = ref & 0xFFFFFFFFL;
    if (segment >= segments.size()) {
      throw new StorageException(
          StorageException.Kind.CORRUPT,
          directory + ": segment index " + segment + " out of range");
    }
    MappedFile f = segments.get((int) segment);
    long length = 0;
    int n = 0;
    while (true) {
      int b = f.get(at + n);
      length |= (long) (b & 0x7F) << (7 * n);
      n++;
      if (b < 0x80) {
        break;
      }
      if (n == MAX_LENGTH_BYTES) {
        throw f.corrupt(at, "the length of a chunk is too long");
      }
    }
    if (at < ChunkFileFormat.HEADER || length > Integer.MAX_VALUE - 64) {
      throw f.corrupt(at, "a chunk of " + length + " bytes");
    }
    f.check(at + n, length + ChunkFileFormat.CHUNK_OVERHEAD, "chunk");
    into.encoding = f.get(at + n);
    into.offset = at + n;
    into.length = (int) length;
    return f;
  }
}
