package io.narthex.storage.tsdb.internal;

import io.narthex.storage.tsdb.internal.disk.DiskImage;
import io.narthex.storage.tsdb.internal.disk.DiskOperation;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Says up to which operation everything is sure to survive a crash of the machine. */
final class Durability {

  private static final Path LOCK = Path.of("lock");

  /** By inode or directory: the first operation that is not forced yet. */
  private final Map<Object, Integer> pending = new HashMap<>();

  /** To be called before the image is given the operation. */
  void apply(DiskOperation operation, int place, DiskImage image) {
    switch (operation) {
      case DiskOperation.Create c -> named(c.path(), place);
      case DiskOperation.Write w -> pending.putIfAbsent(w.inode(), place);
      case DiskOperation.Truncate t -> pending.putIfAbsent(t.inode(), place);
      case DiskOperation.Force f -> {
        if (!f.failed()) {
          pending.remove(f.inode());
        }
      }
      case DiskOperation.Rename r -> named(r.to(), place);
      case DiskOperation.Delete d -> {
        // What is removed on purpose is not waited for; its being gone is no promise.
        if (image.isFile(d.path())) {
          pending.remove(image.inode(d.path()));
        } else {
          pending.remove(d.path());
        }
      }
      case DiskOperation.Link l -> named(l.name(), place);
      case DiskOperation.MakeDirectory m -> named(m.path(), place);
      case DiskOperation.ForceDirectory f -> pending.remove(f.path());
      case DiskOperation.Note n -> {}
    }
  }

  private void named(Path path, int place) {
    if (!path.equals(LOCK)) {
      Path parent = path.getParent();
      pending.putIfAbsent(parent == null ? Path.of("") : parent, place);
    }
  }

  /** Everything before this place is durable. */
  int upTo() {
    return pending.values().stream().mapToInt(i -> i).min().orElse(Integer.MAX_VALUE);
  }

  @Override
  public String toString() {
    return pending.toString();
  }
}
