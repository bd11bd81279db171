package io.narthex.scrape.internal.loop;

/** Where failed requests of a job are written down. */
@FunctionalInterface
public interface FailureLog {

  /** Writes nothing. */
  FailureLog NONE = (error, target) -> {};

  /**
   * @param target its URL
   */
  void failed(String error, String target);
}
