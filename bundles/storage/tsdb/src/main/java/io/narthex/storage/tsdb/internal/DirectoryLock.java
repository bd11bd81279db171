package io.narthex.storage.tsdb.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two servers from working on one data directory: a lock on the file {@code lock} in it,
 * which is removed at a clean end. Both kinds of lock are taken, as this platform's own API and the
 * reference's server use different ones that do not see each other.
 */
final class DirectoryLock implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DirectoryLock.class);

  private final Path file;
  private final FileChannel channel;
  private final NativeFlock flock;
  private final boolean cleanStart;

  private DirectoryLock(Path file, FileChannel channel, NativeFlock flock, boolean cleanStart) {
    this.file = file;
    this.channel = channel;
    this.flock = flock;
    this.cleanStart = cleanStart;
  }

  /**
   * Locks the directory.
   *
   * @throws IOException if somebody else has it
   */
  static DirectoryLock acquire(Path dir) throws IOException {
    Path file = dir.toAbsolutePath().resolve("lock");
    boolean existed = Files.exists(file);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw new IOException("lock DB directory: resource temporarily unavailable");
      }
      NativeFlock flock = NativeFlock.lock(file);
      if (existed) {
        log.atWarn()
            .addKeyValue("file", file)
            .log("A lockfile from a previous execution was replaced");
      }
      return new DirectoryLock(file, channel, flock, !existed);
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException("lock DB directory: resource temporarily unavailable", e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Whether there was no lock file: the server before had ended cleanly. */
  boolean cleanStart() {
    return cleanStart;
  }

  @Override
  public void close() throws IOException {
    try (channel;
        flock) {
      Files.deleteIfExists(file);
    }
  }
}
