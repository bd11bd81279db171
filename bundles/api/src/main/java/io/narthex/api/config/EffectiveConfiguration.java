package io.narthex.api.config;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The configuration that is in effect. The service exists from the first committed configuration on
 * and stays the same object across reloads: a component that needs to be configured before it
 * starts refers to it, and follows changes as a {@link Reconfigurable}.
 */
@ProviderType
public interface EffectiveConfiguration {

  Configuration current();
}
