package io.narthex.web.server.internal;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.web.Users;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The users of the web configuration file. */
final class UserStore implements Users {

  private static final Logger log = LoggerFactory.getLogger(UserStore.class);

  private final WebConfigFile file;
  private final GuessLimit guesses;
  private final Passwords passwords = new Passwords();

  /** What unknown users are checked against, so that they take as long as known ones. */
  private static final String NOBODY =
      "$2a$10$narthexnarthexnarthexeabcdefghijklmnopqrstuvwxyzABCDE";

  UserStore(WebConfigFile file, LongSupplier nanoTime) {
    this.file = file;
    this.guesses = new GuessLimit(nanoTime);
  }

  @Override
  public boolean required() {
    try {
      return !file.current().users().isEmpty();
    } catch (ConfigurationException e) {
      log.atError().setCause(e).log("Unable to parse configuration");
      return true; // Nobody gets in while it is unknown who may.
    }
  }

  @Override
  public Verdict check(String user, String password, String address) {
    Map<String, String> users;
    try {
      users = file.current().users();
    } catch (ConfigurationException e) {
      log.atError().setCause(e).log("Unable to parse configuration");
      return Verdict.UNAVAILABLE;
    }
    String hash = users.get(user);
    Verdict verdict = checkHash(hash == null ? NOBODY : hash, password, address);
    return hash == null && verdict == Verdict.ACCEPTED ? Verdict.REFUSED : verdict;
  }

  @Override
  public Verdict checkHash(String bcryptHash, String password, String address) {
    String digest = passwords.digest(bcryptHash, password);
    Boolean known = passwords.remembered(digest);
    if (known != null) {
      return known ? Verdict.ACCEPTED : Verdict.REFUSED;
    }
    if (!guesses.allows(address)) {
      return Verdict.TOO_MANY_FAILURES;
    }
    if (passwords.verify(digest, bcryptHash, password)) {
      return Verdict.ACCEPTED;
    }
    guesses.wrong(address);
    return Verdict.REFUSED;
  }

  @Override
  public String hash(String password) {
    return passwords.hash(password);
  }
}
