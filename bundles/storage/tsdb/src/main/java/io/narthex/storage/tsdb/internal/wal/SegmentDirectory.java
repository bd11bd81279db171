package io.narthex.storage.tsdb.internal.wal;

import io.narthex.storage.tsdb.internal.disk.Disk;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The segments and checkpoints in a log's directory. */
public final class SegmentDirectory {

  private static final String CHECKPOINT = "checkpoint.";

  private SegmentDirectory() {}

  /**
   * The indices of the segments, ascending.
   *
   * @throws IOException if the directory cannot be read or a segment is missing between others; not
   *     if a checkpoint stands for it: a crash of the machine may undo some removals
   */
  public static int[] segments(Path dir) throws IOException {
    IntStream.Builder found = IntStream.builder();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dir)) {
      for (Path file : files) {
        Integer index = WalFormat.segmentIndex(String.valueOf(file.getFileName()));
        if (index != null && !Files.isDirectory(file)) {
          found.add(index);
        }
      }
    }
    int[] sorted = found.build().sorted().toArray();
    Checkpoint checkpoint = lastCheckpoint(dir);
    int covered = checkpoint == null ? -1 : checkpoint.lastSegment();
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] != sorted[i - 1] + 1 && sorted[i] > covered + 1) {
        throw new IOException(
            "segments are not sequential in " + dir + ": " + Arrays.toString(sorted));
      }
    }
    return sorted;
  }

  public static Path segment(Path dir, int index) {
    return dir.resolve(WalFormat.segmentName(index));
  }

  /** The directory of a checkpoint that stands for the segments up to one. */
  static Path checkpoint(Path dir, int lastSegment) {
    return dir.resolve(CHECKPOINT + WalFormat.segmentName(lastSegment));
  }

  /** The checkpoints in the directory, complete ones and what is left of others. */
  static List<Path> checkpoints(Disk disk, Path dir) throws IOException {
    List<Path> out = new ArrayList<>();
    for (Path path : disk.list(dir)) {
      if (String.valueOf(path.getFileName()).startsWith(CHECKPOINT)) {
        out.add(path);
      }
    }
    return out;
  }

  /** A checkpoint, and the last segment whose content it stands for. */
  public record Checkpoint(Path dir, int lastSegment) {}

  /** The newest checkpoint in the directory, null if there is none. */
  public static @Nullable Checkpoint lastCheckpoint(Path dir) throws IOException {
    Checkpoint last = null;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dir, CHECKPOINT + "*")) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        Integer index = WalFormat.segmentIndex(name.substring(CHECKPOINT.length()));
        if (index != null
            && Files.isDirectory(file)
            && (last == null || index > last.lastSegment())) {
          last = new Checkpoint(file, index);
        }
      }
    }
    return last;
  }

  /** The bytes of all segments. */
  public static long size(Path dir) throws IOException {
    long sum = 0;
    for (int index : segments(dir)) {
      sum += Files.size(segment(dir, index));
    }
    return sum;
  }
}
