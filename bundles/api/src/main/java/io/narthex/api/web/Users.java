package io.narthex.api.web;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Who may use the server: the users of the web configuration file, which is read again when it
 * changes. Checking a password is slow by design (bcrypt): outcomes are cached, and guesses from
 * one address are limited, for every caller alike.
 *
 * <p>Where {@link #required} holds, every request has been checked before it reaches any servlet,
 * console and plug-ins included; the user's name is then {@code getRemoteUser()} of the request.
 */
@ProviderType
public interface Users {

  /** The outcome of a check. */
  enum Verdict {
    ACCEPTED,
    REFUSED,
    /** Too many wrong passwords came from this address: not checked, try again later. */
    TOO_MANY_FAILURES,
    /** The web configuration file can't be read now. */
    UNAVAILABLE
  }

  /** Whether the web configuration file names users. */
  boolean required();

  /**
   * Whether the password is that of the user of the web configuration file; refused where there are
   * no such users.
   *
   * @param address from where it came, for the limit on guesses
   */
  Verdict check(String user, String password, String address);

  /** Whether the password fits a bcrypt hash that the caller keeps. */
  Verdict checkHash(String bcryptHash, String password, String address);

  /** A new bcrypt hash of a password. */
  String hash(String password);
}
