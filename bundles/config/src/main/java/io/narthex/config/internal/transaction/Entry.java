package io.narthex.config.internal.transaction;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;

/** What a Configuration Admin entry says. */
@FunctionalInterface
public interface Entry {

  /**
   * The entry as a node.
   *
   * @throws ConfigurationException if it cannot be read at all
   */
  ConfigNode node() throws ConfigurationException;
}
