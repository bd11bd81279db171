package io.narthex.api.discovery;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to find targets, registered as a service by a bundle that can come and go while the server
 * runs.
 */
@ConsumerType
public interface DiscoveryProvider {

  /** What stands before {@code _sd_configs} in the configuration, for instance {@code http}. */
  String kind();

  /**
   * Reads one section, strictly; no input or output besides.
   *
   * @throws ConfigurationException that names the node at fault
   */
  DiscoveryConfig parse(ConfigNode section) throws ConfigurationException;

  /** Makes a discoverer for settings that {@link #parse} gave; it does nothing until it is run. */
  Discoverer create(DiscoveryConfig config, DiscoveryContext context) throws ConfigurationException;
}
