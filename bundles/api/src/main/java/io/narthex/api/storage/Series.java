package io.narthex.api.storage;

import io.narthex.model.Labels;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** One series of a selection. */
@ProviderType
public interface Series {

  Labels labels();

  /**
   * A cursor at the first sample of the selection's time range.
   *
   * @param reuse a cursor of any series of any storage that is no longer needed, or null
   */
  SampleCursor cursor(@Nullable SampleCursor reuse) throws StorageException;
}
