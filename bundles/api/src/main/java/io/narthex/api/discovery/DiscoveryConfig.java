package io.narthex.api.discovery;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The settings of one discovery section, as its provider read them. Immutable, with equality by
 * value (a record): sections with equal settings share one discoverer.
 */
@ConsumerType
public interface DiscoveryConfig {}
