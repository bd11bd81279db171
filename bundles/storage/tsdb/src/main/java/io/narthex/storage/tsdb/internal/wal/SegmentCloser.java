package io.narthex.storage.tsdb.internal.wal;

import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.disk.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Synchronizes segments that are complete with the disk and closes them, on a thread of its own:
 * that can take seconds, and commits must not wait for it.
 */
final class SegmentCloser {

  private static final Logger log = LoggerFactory.getLogger(SegmentCloser.class);

  private final Disk disk;
  private final WalMetrics metrics;
  private volatile @Nullable IOException failure;
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("tsdb wal sync").factory());

  SegmentCloser(Disk disk, WalMetrics metrics) {
    this.disk = disk;
    this.metrics = metrics;
  }

  void close(DiskFile file, Path path) {
    executor.execute(() -> forceAndClose(file, path));
  }

  /**
   * Makes the names in a directory survive a crash of the machine.
   *
   * @return whether that was done
   */
  CompletableFuture<Boolean> forceDirectory(Path dir) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            disk.forceDirectory(dir);
            return true;
          } catch (IOException e) {
            log.atError()
                .addKeyValue("dir", dir)
                .setCause(e)
                .log("WAL directory could not be synced");
            return false;
          }
        },
        executor);
  }

  private void forceAndClose(DiskFile file, Path path) {
    long start = System.nanoTime();
    try (file) {
      file.force();
    } catch (IOException e) {
      failure = e;
      metrics.writeFailed();
      log.atError().addKeyValue("segment", path).setCause(e).log("WAL segment could not be synced");
    }
    metrics.synced((System.nanoTime() - start) / 1e9);
  }

  /** Why something may not survive a crash of the machine, null if everything does. */
  @Nullable IOException failure() {
    return failure;
  }

  /** Waits for what is under way. */
  void shutdown() {
    executor.shutdown();
    boolean interrupted = false;
    while (true) {
      try {
        if (executor.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
        log.atWarn().log("Still waiting for WAL segments to reach the disk");
      } catch (InterruptedException e) {
        // Leaving now would lose the order of closing and unlocking: finish first.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
