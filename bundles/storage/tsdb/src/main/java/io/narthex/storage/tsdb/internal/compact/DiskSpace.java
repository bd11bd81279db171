package io.narthex.storage.tsdb.internal.compact;

import org.jspecify.annotations.Nullable;

/** Tells failures for want of space, which is nobody's fault and may be over soon. */
final class DiskSpace {

  private DiskSpace() {}

  /** Whether a failure says so, in the words of the operating system. */
  static boolean isMissing(Throwable failure) {
    int depth = 0;
    for (@Nullable Throwable t = failure; t != null && depth < 16; t = t.getCause()) {
      String message = t.getMessage();
      if (message != null
          && (message.contains("No space left on device")
              || message.contains("Disk quota exceeded"))) {
        return true;
      }
      depth++;
    }
    return false;
  }
}
