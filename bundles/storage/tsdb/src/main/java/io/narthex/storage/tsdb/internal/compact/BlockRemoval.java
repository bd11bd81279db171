package io.narthex.storage.tsdb.internal.compact;

import io.narthex.storage.tsdb.internal.block.BlockLoader;
import io.narthex.storage.tsdb.internal.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Removes blocks from a directory. A block gets another name at once, so that nobody opens it
 * again, also after a crash; its files go when nobody reads them any more. For one thread at a
 * time.
 */
final class BlockRemoval {

  private record Pending(Path directory, CompletableFuture<@Nullable Void> unmapped) {}

  private final Disk disk;
  private final Path data;
  private final List<Pending> pending = new ArrayList<>();

  BlockRemoval(Disk disk, Path data) {
    this.disk = disk;
    this.data = data;
  }

  /**
   * Removes blocks.
   *
   * @param directories of blocks, each with what completes when nobody reads it any more
   */
  void remove(Map<Path, CompletableFuture<@Nullable Void>> directories) throws IOException {
    IOException failure = null;
    for (Map.Entry<Path, CompletableFuture<@Nullable Void>> e : directories.entrySet()) {
      Path from = e.getKey();
      Path to = from.resolveSibling(from.getFileName() + BlockLoader.DELETION_SUFFIX);
      try {
        disk.deleteTree(to);
        disk.rename(from, to);
        pending.add(new Pending(to, e.getValue()));
      } catch (IOException failed) {
        if (failure == null) {
          failure = failed;
        } else {
          failure.addSuppressed(failed);
        }
      }
    }
    if (!directories.isEmpty()) {
      disk.forceDirectory(data);
    }
    finish();
    if (failure != null) {
      throw failure;
    }
  }

  /** Removes the files of what nobody reads any more; the rest waits for the next call. */
  void finish() throws IOException {
    for (Iterator<Pending> i = pending.iterator(); i.hasNext(); ) {
      Pending next = i.next();
      if (next.unmapped.isDone()) {
        disk.deleteTree(next.directory);
        i.remove();
      }
    }
  }

  /** Blocks whose files are still there as somebody reads them. */
  int waiting() {
    return pending.size();
  }
}
