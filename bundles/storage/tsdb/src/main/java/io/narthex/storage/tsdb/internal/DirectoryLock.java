package io.narthex.storage.tsdb.internal;

import io.narthex.storage.tsdb.internal.disk.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two servers from working on one data directory: a lock on the file {@code lock} in it,
 * which is removed at a clean end. Both kinds of lock are taken, as this platform's own API and the
 * reference's server use different ones that do not see each other.
 *
 * <p>The reference's kind takes a tenth of a second or two of the start, so a thread takes it while
 * the server goes on; that nobody has it already is seen at once, from the system's list of locks.
 */
final class DirectoryLock implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DirectoryLock.class);
  private static final String TAKEN = "lock DB directory: resource temporarily unavailable";

  private final Disk disk;
  private final Path file;
  private final FileChannel channel;
  private final boolean cleanStart;
  private final CompletableFuture<NativeFlock> flock = new CompletableFuture<>();

  private DirectoryLock(Disk disk, Path file, FileChannel channel, boolean cleanStart) {
    this.disk = disk;
    this.file = file;
    this.channel = channel;
    this.cleanStart = cleanStart;
  }

  /**
   * Locks the directory.
   *
   * @throws IOException if somebody else has it
   */
  static DirectoryLock acquire(Disk disk, Path dir) throws IOException {
    Path file = dir.toAbsolutePath().resolve("lock");
    boolean existed = disk.isFile(file);
    if (!existed) {
      create(disk, file);
    }
    // A channel in spite of interrupts: only it can be locked, and only this class has it.
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null || SystemLocks.hasFlock(file)) {
        throw new IOException(TAKEN);
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException(TAKEN, e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    if (existed) {
      log.atWarn()
          .addKeyValue("file", file)
          .log("A lockfile from a previous execution was replaced");
    }
    DirectoryLock lock = new DirectoryLock(disk, file, channel, !existed);
    Thread unused = Thread.ofPlatform().daemon().name("tsdb lock").start(lock::takeFlock);
    return lock;
  }

  private static void create(Disk disk, Path file) throws IOException {
    try {
      disk.create(file).close();
    } catch (FileAlreadyExistsException e) {
      // Another server starts at this moment: who comes first will be seen by the lock.
      log.atDebug().addKeyValue("file", file).log("Lock file has just been made by somebody else");
    }
  }

  private void takeFlock() {
    try {
      flock.complete(NativeFlock.lock(file));
    } catch (IOException e) {
      flock.completeExceptionally(e);
    }
  }

  /** Calls back if somebody else has come first with the lock that is taken meanwhile. */
  void whenLost(Consumer<Throwable> callback) {
    CompletableFuture<NativeFlock> unused =
        flock.whenComplete((lock, failure) -> {
          if (failure != null) {
            callback.accept(failure);
          }
        });
  }

  /** Waits until the lock of the reference's kind is there; false if somebody else has it. */
  boolean awaitFlock() {
    return flock.handle((lock, failure) -> failure == null).join();
  }

  /** Whether there was no lock file: the server before had ended cleanly. */
  boolean cleanStart() {
    return cleanStart;
  }

  @Override
  public void close() throws IOException {
    boolean own = awaitFlock();
    try (channel) {
      if (own) {
        // Whether or not the file can be removed: the directory is free for others.
        NativeFlock held = flock.join();
        try (held) {
          disk.deleteIfExists(file);
        }
      }
    }
  }
}
