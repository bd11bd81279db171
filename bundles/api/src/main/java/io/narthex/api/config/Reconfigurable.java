package io.narthex.api.config;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A module that the configuration concerns, registered as a service.
 *
 * <p>A reload prepares every module and then commits all; one refusal, or a failure of a commit,
 * discards all, so nothing is ever half applied. A module that arrives later is given the current
 * configuration alone. Calls come from one thread at a time.
 */
@ConsumerType
public interface Reconfigurable {

  /** Service property, Integer: modules are prepared and committed in ascending order. */
  String ORDER = "reconfigurable.order";

  /** A short name for the log and the views, for instance {@code scrape}. */
  String reconfigurableName();

  /**
   * Checks the configuration and makes everything ready for it, without any effect that can be
   * seen.
   *
   * @throws ConfigurationException if this module refuses it
   */
  Prepared prepare(Configuration next) throws ConfigurationException;

  /** A change that is ready; exactly one of its methods is called, or commit and then rollback. */
  @ConsumerType
  interface Prepared {

    /**
     * Puts the change into effect; quick, as everything that may fail was done in prepare. One that
     * throws leaves its module as it was: it is neither rolled back nor discarded.
     */
    void commit();

    /** Takes back a commit because a later module's commit failed. */
    void rollback();

    /** Forgets the change. */
    void discard();
  }
}
