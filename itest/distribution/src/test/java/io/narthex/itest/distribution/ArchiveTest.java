package io.narthex.itest.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What lies in the unpacked distribution. */
class ArchiveTest {
  @Test
  void everyBundleHasAStartLevelAndTheOtherWayRound() throws Exception {
    Path bundles = Server.home().resolve("bundles");
    List<String> listed =
        Files.readAllLines(bundles.resolve("start-levels")).stream()
            .map(line -> line.substring(line.indexOf(' ') + 1))
            .toList();
    try (Stream<Path> files = Files.list(bundles)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".jar"))
          .containsExactlyInAnyOrderElementsOf(listed);
    }
  }

  @Test
  void aUserFindsWhatTheManualNames() {
    Path home = Server.home();
    assertThat(home.resolve("bin/narthex")).isExecutable();
    assertThat(home.resolve("conf/prometheus.yml")).isRegularFile();
    assertThat(home.resolve("conf/jvm.options")).isRegularFile();
    assertThat(home.resolve("plugins")).isDirectory();
    assertThat(home.resolve("LICENSE")).isRegularFile();
  }
}
