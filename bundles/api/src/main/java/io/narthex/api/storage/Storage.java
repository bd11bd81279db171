package io.narthex.api.storage;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A place where samples are kept. The service exists while its database is open. The property
 * {@link #ROLE} tells the local database, a remote one, and the fan-out over all of them, which is
 * what everybody but the fan-out itself uses.
 */
@ProviderType
public interface Storage {

  /** Service property, String: {@link #LOCAL}, {@link #REMOTE} or {@link #FANOUT}. */
  String ROLE = "storage.role";

  String LOCAL = "local";
  String REMOTE = "remote";
  String FANOUT = "fanout";

  /** A batch that writes here. */
  Appender appender();

  /**
   * A view on the samples from {@code minTime} to {@code maxTime}, both included, as they were
   * committed when it was made. To be closed.
   */
  Querier querier(long minTime, long maxTime) throws StorageException;

  /** The oldest sample's time, {@link Long#MAX_VALUE} while there is none. */
  long startTime();
}
