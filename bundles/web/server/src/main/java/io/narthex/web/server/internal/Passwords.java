package io.narthex.web.server.internal;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks passwords against bcrypt hashes and remembers the outcomes, so that requests at the rate
 * of scrapes do not cost a bcrypt each. What is remembered is a keyed digest under a key that lives
 * as long as this object, never a password.
 */
final class Passwords {

  /** What the reference's tools take, and what their documentation shows. */
  private static final int COST = 10;

  private static final int REMEMBERED = 200;

  /** Bcrypt computations at a time: guesses must not take the cores from everybody else. */
  private static final int AT_A_TIME = 2;

  private final Semaphore turns = new Semaphore(AT_A_TIME, true);
  private final SecretKeySpec key;
  private final Map<String, Boolean> outcomes =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  Passwords() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, "HmacSHA256");
  }

  /** Whether the text has the form of a bcrypt hash. */
  static boolean isHash(String text) {
    if (text.length() != 60 || text.charAt(0) != '$' || text.charAt(1) != '2') {
      return false;
    }
    char variant = text.charAt(2);
    int cost = digit(text, 4) * 10 + digit(text, 5);
    return (variant == 'a' || variant == 'b' || variant == 'x' || variant == 'y')
        && text.charAt(3) == '$'
        && text.charAt(6) == '$'
        && cost >= 4
        && cost <= 31;
  }

  private static int digit(String text, int at) {
    int d = text.charAt(at) - '0';
    return d < 0 || d > 9 ? 100 : d;
  }

  String hash(String password) {
    return BCrypt.with(LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2A))
        .hashToString(COST, password.toCharArray());
  }

  /** The digest under which the outcome for hash and password is remembered. */
  String digest(String hash, String password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(hash.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      byte[] digest = mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
      return new String(digest, StandardCharsets.ISO_8859_1);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no HmacSHA256", e);
    }
  }

  /** The remembered outcome, null if there is none. */
  @org.jspecify.annotations.Nullable
  Boolean remembered(String digest) {
    synchronized (outcomes) {
      return outcomes.get(digest);
    }
  }

  /** Computes and remembers the outcome; slow. */
  boolean verify(String digest, String hash, String password) {
    turns.acquireUninterruptibly();
    boolean fits;
    try {
      BCrypt.Result result =
          BCrypt.verifyer(null, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2A))
              .verify(password.toCharArray(), hash);
      fits = result.verified;
    } finally {
      turns.release();
    }
    synchronized (outcomes) {
      outcomes.put(digest, fits);
    }
    return fits;
  }
}
