package io.narthex.config.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.ConfigurationException;
import io.narthex.config.internal.Conformance;
import io.narthex.config.internal.read.ConfigurationReader;
import io.narthex.config.internal.read.DiscoveryKinds;
import io.narthex.config.internal.read.Loaded;
import io.narthex.config.internal.read.Overlay;
import io.narthex.config.internal.read.ReaderOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the reference's own checker says of files and of what is exported. */
class PeerTest {

  @TempDir Path folder;

  private static Loaded read(Path file) throws ConfigurationException {
    return new ConfigurationReader(ReaderOptions.plain(), new DiscoveryKinds(Map.of()))
        .read(file.toString(), Overlay.NONE);
  }

  private record Verdict(boolean good, String output) {}

  private static Verdict promtool(Path file) throws IOException, InterruptedException {
    Process p =
        new ProcessBuilder(
                Conformance.peer("promtool"), "check", "config", "--syntax-only", file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Verdict(p.waitFor() == 0, output);
  }

  private static boolean loads(Path file) {
    try {
      return read(file).configuration() != null;
    } catch (ConfigurationException e) {
      return false;
    }
  }

  /** The reference here is older than the data, so only its acceptance says something of ours. */
  @TestFactory
  List<DynamicTest> whatTheReferenceAcceptsLoadsAndItsExportIsAccepted() throws IOException {
    Conformance.peer("promtool");
    try (Stream<Path> files = Files.list(Conformance.folder("config"))) {
      return files
          .filter(p -> p.toString().endsWith(".yml"))
          .filter(p -> !p.toString().contains(".bad.") && !p.toString().contains("agent_mode"))
          .sorted()
          .map(p -> DynamicTest.dynamicTest(p.getFileName().toString(), () -> compare(p)))
          .toList();
    }
  }

  private void compare(Path file) throws Exception {
    if (!promtool(file).good()) {
      return;
    }
    assertThat(loads(file)).isTrue();
    Path exported = folder.resolve(file.getFileName());
    Files.writeString(exported, ConfigurationYaml.open(read(file)).whole());
    Verdict verdict = promtool(exported);
    assertThat(verdict.good()).as(verdict.output() + Files.readString(exported)).isTrue();
    assertThat(ConfigurationYaml.open(read(exported)).whole())
        .isEqualTo(Files.readString(exported));
  }
}
