package io.narthex.storage.tsdb.internal.block.chunkfile;

import io.narthex.storage.tsdb.internal.block.file.FileOutput;
import io.narthex.storage.tsdb.internal.disk.Disk;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes chunks into segments, each made durable when the next one begins. */
public final class ChunkFileWriter implements AutoCloseable {

  private final Disk disk;
  private final Path directory;
  private final long segmentSize;
  private int segments;
  private @Nullable FileOutput out;

  /**
   * @param directory is there and empty
   * @param segmentSize the most bytes of a segment that has more than one chunk
   */
  public ChunkFileWriter(Disk disk, Path directory, long segmentSize) {
    this.disk = disk;
    this.directory = directory;
    this.segmentSize = segmentSize;
  }

  /** Adds a chunk and gives the reference to it. */
  public long write(int encoding, MemorySegment data) throws IOException {
    long length = data.byteSize();
    if (length > Integer.MAX_VALUE) {
      throw new IOException(directory + ": a chunk of " + length + " bytes");
    }
    long size = FileOutput.uvarintSize(length) + ChunkFileFormat.CHUNK_OVERHEAD + length;
    FileOutput o = out;
    if (o == null || (o.position() + size > segmentSize && o.position() > ChunkFileFormat.HEADER)) {
      o = cut();
    }
    long ref = (segments - 1L) << 32 | o.position();
    o.putUvarint(length);
    o.beginChecksum();
    o.put(encoding);
    o.put(data);
    o.putChecksum();
    return ref;
  }

  private FileOutput cut() throws IOException {
    finish();
    FileOutput o = FileOutput.create(disk, ChunkFileFormat.file(directory, segments++));
    out = o;
    o.putInt(ChunkFileFormat.MAGIC);
    o.putInt(ChunkFileFormat.VERSION << 24);
    return o;
  }

  /** Makes everything durable. */
  public void finish() throws IOException {
    FileOutput o = out;
    if (o != null) {
      o.sync();
      o.close();
      out = null;
    }
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
