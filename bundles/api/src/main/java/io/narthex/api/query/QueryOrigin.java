package io.narthex.api.query;

/**
 * Who wants a query evaluated: what the query log tells, and by what queries are admitted. Rules
 * have places of their own, so that no number of interactive queries keeps them waiting.
 */
public sealed interface QueryOrigin {

  /** The server itself, or nobody who could be named. */
  QueryOrigin INTERNAL = new Internal();

  record Internal() implements QueryOrigin {}

  /**
   * A request of the API.
   *
   * @param clientIp the client's address without its port
   */
  record Http(String clientIp, String method, String path) implements QueryOrigin {}

  /** A rule, by its group. */
  record Rule(String file, String group) implements QueryOrigin {}
}
