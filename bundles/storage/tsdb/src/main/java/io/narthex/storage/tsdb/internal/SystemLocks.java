package io.narthex.storage.tsdb.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The list of locks that Linux keeps. */
final class SystemLocks {

  private static final Path LIST = Path.of("/proc/locks");

  private SystemLocks() {}

  /**
   * Whether any process has locked the file by {@code flock}; false where that cannot be told.
   *
   * <p>A line: {@code 7: FLOCK ADVISORY WRITE pid major:minor:inode 0 EOF}, the first two numbers
   * of the device in hexadecimal digits.
   */
  static boolean hasFlock(Path file) {
    try {
      if (!Files.isReadable(LIST)) {
        return false;
      }
      long inode = ((Number) Files.getAttribute(file, "unix:ino")).longValue();
      long device = ((Number) Files.getAttribute(file, "unix:dev")).longValue();
      long major = (device >>> 8) & 0xFFF;
      long minor = (device & 0xFF) | ((device >>> 12) & 0xFFF00);
      String wanted = String.format(Locale.ROOT, " %02x:%02x:%d ", major, minor, inode);
      for (String line : Files.readAllLines(LIST)) {
        if (line.contains(" FLOCK ") && line.contains(wanted)) {
          return true;
        }
      }
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      // No Linux, or a list in another form: the lock itself tells, a moment later.
      return false;
    }
    return false;
  }
}
