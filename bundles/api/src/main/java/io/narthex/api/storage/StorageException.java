package io.narthex.api.storage;

import java.io.IOException;

/**
 * A failure of the storage as a whole; samples that are refused one by one are {@link Outcome}s.
 */
public final class StorageException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Whose fault it is. */
  public enum Kind {
    /** The database is still opening, or has been closed. */
    NOT_READY,
    /** Data on disk is damaged; the message names the file and the offset. */
    CORRUPT,
    /** No space is left, or a limit was reached. */
    LIMIT,
    /** A file could not be read or written; the message names it. */
    IO
  }

  private final Kind kind;

  public StorageException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public StorageException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
