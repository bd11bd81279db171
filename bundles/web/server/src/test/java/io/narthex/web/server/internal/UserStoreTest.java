package io.narthex.web.server.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.web.Users.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserStoreTest {

  private final AtomicLong nanos = new AtomicLong(5);

  @Test
  void usersComeAndGoWithTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("web.yml");
    Files.writeString(file, "");
    UserStore store = new UserStore(new WebConfigFile(file.toString()), nanos::get);
    assertThat(store.required()).isFalse();
    assertThat(store.check("alice", "secret", "a")).isEqualTo(Verdict.REFUSED);

    Files.writeString(file, "basic_auth_users:\n  alice: " + store.hash("secret") + "\n");
    assertThat(store.required()).isTrue();
    assertThat(store.check("alice", "secret", "a")).isEqualTo(Verdict.ACCEPTED);
    assertThat(store.check("alice", "Secret", "a")).isEqualTo(Verdict.REFUSED);
    assertThat(store.check("bob", "secret", "a")).isEqualTo(Verdict.REFUSED);

    Files.writeString(file, "basic_auth_users: [\n");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    assertThat(store.required()).isTrue();
    assertThat(store.check("alice", "secret", "a")).isEqualTo(Verdict.UNAVAILABLE);

    Files.delete(file);
    assertThat(store.check("alice", "secret", "a")).isEqualTo(Verdict.UNAVAILABLE);
  }

  @Test
  void guessesFromOneAddressAreLimited(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("web.yml");
    // The cheapest cost, so that the test is quick.
    String hash = "$2a$04$/iHlZ9jQ0zFDkGRykw6x4.eSA7YVl5x3PCGNQL4nGQtBqKHCfhpo2";
    Files.writeString(file, "basic_auth_users:\n  alice: " + hash + "\n");
    UserStore store = new UserStore(new WebConfigFile(file.toString()), nanos::get);
    for (int i = 0; i < 10; i++) {
      assertThat(store.check("alice", "guess " + i, "bad")).isEqualTo(Verdict.REFUSED);
    }
    assertThat(store.check("alice", "guess 10", "bad")).isEqualTo(Verdict.TOO_MANY_FAILURES);
    assertThat(store.check("alice", "guess 1", "good")).isEqualTo(Verdict.REFUSED);
    nanos.addAndGet(1_000_000_000L);
    assertThat(store.check("alice", "guess 11", "bad")).isEqualTo(Verdict.REFUSED);
    assertThat(store.check("alice", "guess 12", "bad")).isEqualTo(Verdict.TOO_MANY_FAILURES);
    // A wrong password that is known to be wrong costs nothing and counts for nothing.
    assertThat(store.check("alice", "guess 1", "bad")).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void checksHashesThatOthersKeep() {
    UserStore store = new UserStore(new WebConfigFile(""), nanos::get);
    String hash = store.hash("x".repeat(100));
    assertThat(Passwords.isHash(hash)).isTrue();
    assertThat(store.checkHash(hash, "x".repeat(100), "a")).isEqualTo(Verdict.ACCEPTED);
    assertThat(store.checkHash(hash, "x", "a")).isEqualTo(Verdict.REFUSED);
  }
}
