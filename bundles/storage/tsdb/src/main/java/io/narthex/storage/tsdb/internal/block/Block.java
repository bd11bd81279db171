package io.narthex.storage.tsdb.internal.block;

import io.narthex.api.storage.StorageException;
import io.narthex.model.LabelMatcher;
import io.narthex.storage.tsdb.internal.block.chunkfile.ChunkFiles;
import io.narthex.storage.tsdb.internal.block.file.MappedFile;
import io.narthex.storage.tsdb.internal.block.index.IndexReader;
import io.narthex.storage.tsdb.internal.block.index.Selection;
import io.narthex.storage.tsdb.internal.block.index.SeriesEntry;
import io.narthex.storage.tsdb.internal.block.index.SeriesIds;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.disk.MappedReads;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A block that is open: its files are mapped. Whoever reads holds it ({@link #acquire}, {@link
 * #release}); it is unmapped when it has been closed and nobody holds it.
 */
public final class Block implements AutoCloseable {

  private final Disk disk;
  private final Path directory;
  private final Arena arena;
  private final IndexReader index;
  private final ChunkFiles chunks;
  private final CompletableFuture<@Nullable Void> unmapped = new CompletableFuture<>();

  /** Serializes changes of meta data and tombstones. */
  private final Object changes = new Object();

  private volatile BlockMeta meta;
  private volatile BlockTombstones tombstones;
  private volatile long tombstoneBytes;

  /** Who holds it, itself included until it is closed; under this. */
  private int holders = 1;

  private boolean closed;

  private Block(
      Disk disk,
      Path directory,
      Arena arena,
      BlockMeta meta,
      IndexReader index,
      ChunkFiles chunks,
      BlockTombstones tombstones)
      throws IOException {
    this.disk = disk;
    this.directory = directory;
    this.arena = arena;
    this.meta = meta;
    this.index = index;
    this.chunks = chunks;
    this.tombstones = tombstones;
    this.tombstoneBytes = fileSize(TombstoneFile.NAME) + fileSize(MetaFile.NAME);
  }

  private long fileSize(String name) throws IOException {
    Path file = directory.resolve(name);
    return disk.isFile(file) ? disk.size(file) : 0;
  }

  /**
   * Opens the block of a directory.
   *
   * @throws IOException that names the file that is missing or damaged
   */
  public static Block open(Disk disk, Path directory) throws IOException {
    BlockMeta meta = MetaFile.read(directory);
    Arena arena = Arena.ofShared();
    try {
      MappedFile file = MappedFile.open(disk, directory.resolve(BlockWriter.INDEX), arena);
      return new Block(
          disk,
          directory,
          arena,
          meta,
          IndexReader.open(file),
          ChunkFiles.open(disk, directory.resolve(BlockWriter.CHUNKS), arena),
          TombstoneFile.readOrPutAside(disk, directory));
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  public BlockMeta meta() {
    return meta;
  }

  public Path directory() {
    return directory;
  }

  /** Bytes of all its files. */
  public long size() {
    return index.size() + chunks.size() + tombstoneBytes;
  }

  /** Bytes of memory, outside of the mapped files, that finding symbols and postings takes. */
  public long symbolTableSize() {
    return index.memory();
  }

  public BlockTombstones tombstones() {
    return tombstones;
  }

  IndexReader index() {
    return index;
  }

  ChunkFiles chunks() {
    return chunks;
  }

  /** Keeps the files mapped until {@link #release}; false if the block is closed. */
  public synchronized boolean acquire() {
    if (closed) {
      return false;
    }
    holders++;
    return true;
  }

  public void release() {
    synchronized (this) {
      if (--holders > 0) {
        return;
      }
    }
    arena.close();
    unmapped.complete(null);
  }

  /** Lets nobody acquire it any more. Called again, it does nothing. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    release();
  }

  /** Completes when the block was closed and the last holder has released it. */
  public CompletableFuture<@Nullable Void> unmapped() {
    return unmapped;
  }

  /** Everything in it, to be written anew; holds the block until it is closed. */
  public SeriesChunks seriesChunks() throws StorageException {
    if (!acquire()) {
      throw closedException();
    }
    try {
      return new BlockSeriesChunks(this);
    } catch (StorageException | RuntimeException e) {
      release();
      throw e;
    }
  }

  /**
   * The error of an access to a mapped file that cannot be read, as an exception that names the
   * file. Compiled code may throw that error later than where the access was, so that whoever
   * offers reading to others is the one to catch it.
   */
  StorageException unreadable(InternalError fault) {
    Path file = directory;
    try {
      Path indexFile = directory.resolve(BlockWriter.INDEX);
      Path chunkFile = chunks.cutOff(disk);
      if (!disk.isFile(indexFile) || disk.size(indexFile) < index.size()) {
        file = indexFile;
      } else if (chunkFile != null) {
        file = chunkFile;
      }
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
    IOException failure = MappedReads.failure(file, fault);
    return new StorageException(
        StorageException.Kind.IO, String.valueOf(failure.getMessage()), failure);
  }

  StorageException closedException() {
    return new StorageException(
        StorageException.Kind.NOT_READY, "block " + directory + " is closed");
  }

  /**
   * Marks the samples of the series that all matchers accept as deleted, durably.
   *
   * @param start of the range, included
   * @param end of the range, included
   */
  public void delete(long start, long end, List<LabelMatcher> matchers) throws IOException {
    if (!acquire()) {
      throw closedException();
    }
    try {
      synchronized (changes) {
        BlockTombstones.Builder more = new BlockTombstones.Builder().addAll(tombstones);
        SeriesIds ids = new Selection(index).select(matchers);
        SeriesEntry entry = new SeriesEntry();
        for (int i = 0; i < ids.size(); i++) {
          index.read(ids.get(i), entry);
          int n = entry.readChunks(start, end);
          if (n > 0) {
            more.add(
                ids.get(i), Math.max(start, entry.minTime(0)), Math.min(end, entry.maxTime(n - 1)));
          }
        }
        BlockTombstones all = more.build();
        TombstoneFile.write(disk, directory, all);
        tombstones = all;
        changeMeta(meta.withStats(meta.stats().withTombstones(all.count())));
      }
    } catch (InternalError e) {
      throw unreadable(e);
    } finally {
      release();
    }
  }

  /** Replaces the meta data, durably. */
  public void writeMeta(BlockMeta changed) throws IOException {
    synchronized (changes) {
      changeMeta(changed);
    }
  }

  private void changeMeta(BlockMeta changed) throws IOException {
    disk.replace(directory.resolve(MetaFile.NAME), MetaFile.bytes(changed));
    meta = changed;
    tombstoneBytes = fileSize(TombstoneFile.NAME) + fileSize(MetaFile.NAME);
  }

  @Override
  public String toString() {
    return "block " + meta.ulid();
  }
}
