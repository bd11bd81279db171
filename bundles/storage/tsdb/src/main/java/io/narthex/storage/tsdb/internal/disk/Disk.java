package io.narthex.storage.tsdb.internal.disk;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a data directory. Everything that changes them goes through here, so that tests can
 * put a disk in between that fails, is full, or loses what had not been forced.
 *
 * <p>What survives what:
 *
 * <ul>
 *   <li>The end of the process: every operation that has returned.
 *   <li>A crash of the machine: a file's content and size as of its last {@link DiskFile#force};
 *       names (creation, renaming, removal) as of the last {@link #forceDirectory} of the directory
 *       they are in. What came later is there in part, in any order, or not at all. So: write,
 *       force the file, rename, force the directory ({@link #replace} does all of that), and remove
 *       what something stands in for only after that.
 * </ul>
 *
 * <p>An interrupt of the calling thread does not close files and does not fail an operation; it
 * stays set. Any number of threads may call.
 */
public interface Disk {

  /** The files of the operating system. */
  Disk SYSTEM = new SystemDisk();

  /**
   * Makes a new, empty file and opens it for writing.
   *
   * @throws FileAlreadyExistsException if there is one
   */
  DiskFile create(Path file) throws IOException;

  /**
   * Opens an existing file for writing; its content stays, appending goes on at its end.
   *
   * @throws NoSuchFileException if there is none
   */
  DiskFile open(Path file) throws IOException;

  /** Opens an existing file for reading in pieces. */
  DiskSource source(Path file) throws IOException;

  /**
   * Maps a whole file for reading, until the arena is closed. A file of no bytes gives an empty
   * segment. If another process cuts the file off meanwhile, reading behind its end throws {@link
   * InternalError}: see {@link MappedReads}.
   */
  MemorySegment map(Path file, Arena arena) throws IOException;

  /**
   * Reads a small file.
   *
   * @throws IOException also if it is larger than the limit; nothing is allocated then
   */
  byte[] read(Path file, int limit) throws IOException;

  /** Renames a file or directory in one step; a file that has the new name is replaced. */
  void rename(Path from, Path to) throws IOException;

  /**
   * Removes a file or an empty directory.
   *
   * @throws NoSuchFileException if there is none
   */
  void delete(Path path) throws IOException;

  /** Gives an existing file a second name. */
  void link(Path name, Path existing) throws IOException;

  /** Makes a directory in an existing one. */
  void createDirectory(Path dir) throws IOException;

  /** Makes the names in a directory survive a crash of the machine. */
  void forceDirectory(Path dir) throws IOException;

  /** What is in a directory, sorted by name. */
  List<Path> list(Path dir) throws IOException;

  boolean isFile(Path path);

  boolean isDirectory(Path path);

  /** The bytes of a file. */
  long size(Path file) throws IOException;

  /** The bytes that can still be written on the file system of an existing path. */
  long usableSpace(Path path) throws IOException;

  /** The bytes of the file system of an existing path. */
  long totalSpace(Path path) throws IOException;

  /** Whether there is a file or directory. */
  default boolean exists(Path path) {
    return isFile(path) || isDirectory(path);
  }

  /** Removes a file or an empty directory if it is there. */
  default boolean deleteIfExists(Path path) throws IOException {
    try {
      delete(path);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Removes a file or a directory with all that is in it, if it is there; follows no links. */
  default void deleteTree(Path path) throws IOException {
    if (!Files.isSymbolicLink(path) && isDirectory(path)) {
      for (Path entry : list(path)) {
        deleteTree(entry);
      }
    }
    deleteIfExists(path);
  }

  /** Makes a directory and those above it that are not there. */
  default void createDirectories(Path dir) throws IOException {
    if (isDirectory(dir)) {
      return;
    }
    Path parent = dir.toAbsolutePath().getParent();
    if (parent != null) {
      createDirectories(parent);
    }
    try {
      createDirectory(dir);
    } catch (FileAlreadyExistsException e) {
      if (!isDirectory(dir)) {
        throw e;
      }
    }
  }

  /**
   * Gives a small file a new content such that, whatever happens, there is either the old or the
   * new one. A file of that name with {@code .tmp} behind it is overwritten.
   */
  default void replace(Path file, byte[] content) throws IOException {
    Path tmp = file.resolveSibling(file.getFileName() + ".tmp");
    deleteIfExists(tmp);
    try (DiskFile out = create(tmp)) {
      out.append(content, 0, content.length);
      out.force();
    }
    rename(tmp, file);
    Path dir = file.toAbsolutePath().getParent();
    if (dir != null) {
      forceDirectory(dir);
    }
  }
}
