package io.narthex.api.storage;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The series of a selection, one after the other. Used by one thread. */
@ProviderType
public interface SeriesSet {

  /** Goes to the next series; false at the end. */
  boolean next() throws StorageException;

  /** The series it stands at; stays valid until the querier is closed. */
  Series current();

  /** How many series there are, if that is known beforehand, else -1. */
  int sizeHint();

  /** What the caller should be told; complete after {@link #next} gave false. */
  List<String> warnings();
}
