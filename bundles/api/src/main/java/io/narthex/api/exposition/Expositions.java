package io.narthex.api.exposition;

import org.osgi.annotation.versioning.ProviderType;

/** Makes readers. */
@ProviderType
public interface Expositions {

  /** A reader that can be used again and again by one thread at a time. */
  ExpositionReader reader(ExpositionFormat format, ReaderOptions options);
}
