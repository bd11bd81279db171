package io.narthex.web.console.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PasswordFileTest {
  @TempDir Path folder;

  @Test
  void isMadeOnceAndForItsOwnerOnly() throws IOException {
    Path path = folder.resolve("data/console-password");
    PasswordFile file = new PasswordFile(path);
    String password = file.makeIfMissing(p -> "$2a$10$" + p);
    assertThat(password).hasSize(20);
    assertThat(Files.getPosixFilePermissions(path))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(file.read()).isEqualTo(new PasswordFile.Entry("admin", "$2a$10$" + password));
    assertThat(file.makeIfMissing(p -> "never")).isNull();
    assertThat(new PasswordFile(folder.resolve("other")).makeIfMissing(p -> "$2a$" + p))
        .isNotEqualTo(password);
  }

  @Test
  void takesAwayWhatOthersMayDo() throws IOException {
    Path path = folder.resolve("console-password");
    Files.writeString(path, "me:$2y$10$abc\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    PasswordFile file = new PasswordFile(path);
    assertThat(file.makeIfMissing(p -> "never")).isNull();
    assertThat(Files.getPosixFilePermissions(path))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(file.read()).isEqualTo(new PasswordFile.Entry("me", "$2y$10$abc"));
  }

  @Test
  void namesItselfWhenItCannotBeRead() throws IOException {
    Path path = folder.resolve("console-password");
    Files.writeString(path, "nonsense\n");
    assertThatThrownBy(() -> new PasswordFile(path).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(path.toString());
  }
}
