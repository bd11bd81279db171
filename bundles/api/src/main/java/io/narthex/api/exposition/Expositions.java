package io.narthex.api.exposition;

import org.osgi.annotation.versioning.ProviderType;

/** Makes readers. */
@ProviderType
public interface Expositions {

  /**
   * A reader that can be used again and again by one thread at a time.
   *
   * @param startTimestamps whether {@code _created} lines are taken as start timestamps
   * @throws UnsupportedOperationException if the format is not supported yet
   */
  ExpositionReader reader(ExpositionFormat format, boolean startTimestamps);
}
