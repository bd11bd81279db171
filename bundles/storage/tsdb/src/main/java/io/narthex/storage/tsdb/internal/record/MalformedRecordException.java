package io.narthex.storage.tsdb.internal.record;

/** A record whose bytes are not what its type says. */
public final class MalformedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedRecordException(String message) {
    super(message);
  }
}
