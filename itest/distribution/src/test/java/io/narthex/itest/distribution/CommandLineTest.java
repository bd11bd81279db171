package io.narthex.itest.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says and ends with before any bundle is started. */
class CommandLineTest {
  @TempDir Path folder;

  private String run(int expectedCode, String... flags) throws Exception {
    try (Server server = Server.start(folder, flags)) {
      assertThat(server.exitCode()).as(server::output).isEqualTo(expectedCode);
      return server.output();
    }
  }

  @Test
  void helpShowsTheFlagsThatAreNotHidden() throws Exception {
    assertThat(run(0, "--help"))
        .startsWith("usage: narthex [<flags>]")
        .contains("--config.file=", "--[no-]web.enable-lifecycle", "Use with server mode only.")
        .doesNotContain("--scrape.timestamp-tolerance");
  }

  @Test
  void versionNamesProgramJavaAndPlatform() throws Exception {
    assertThat(run(0, "--version"))
        .startsWith("narthex, version 0.")
        .contains("java version:", "platform:");
  }

  @Test
  void documentationIsATable() throws Exception {
    assertThat(run(0, "--write-documentation")).contains("| Flag | Description | Default |");
  }

  @Test
  void unparsableFlagsEndWith2() throws Exception {
    assertThat(run(2, "--nonsense")).contains("narthex: error: unknown long flag '--nonsense'");
  }

  @Test
  void flagsOfTheOtherModeEndWith3() throws Exception {
    assertThat(run(3, "--storage.agent.path=x")).contains("can only be used in agent mode");
  }

  @Test
  void partsNotBuiltYetEndWith1() throws Exception {
    assertThat(run(1, "--agent")).contains("not supported yet: --agent");
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    run(2, "--nonsense");
    assertThat(folder).isEmptyDirectory();
  }
}
