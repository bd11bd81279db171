package io.narthex.api.storage;

import org.osgi.annotation.versioning.ProviderType;

/** Reads the samples of one series in ascending time, each timestamp once, in columns. */
@ProviderType
public interface SampleCursor {

  /**
   * Replaces the content of the batch by the next samples, as many as are at hand and fit, at least
   * one; false, with an empty batch, at the end.
   */
  boolean next(SampleBatch batch) throws StorageException;

  /**
   * Makes the next batch begin at the first sample at or after {@code timestamp}, if that lies
   * ahead; skips without decoding where it can.
   */
  void seek(long timestamp) throws StorageException;
}
