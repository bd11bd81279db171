package io.narthex.launcher.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/flags.md} equal to the catalogue. */
class FlagsPageTest {
  @Test
  void thePageHasEveryFlag() throws Exception {
    Path page = Path.of("../../docs/flags.md");
    Path generated = Path.of("target/flags.md");
    Files.createDirectories(generated.getParent());
    Files.writeString(generated, page());
    assertThat(page)
        .as("copy distribution/launcher/target/flags.md to docs/flags.md")
        .hasSameTextualContentAs(generated);
  }

  private static String page() {
    StringBuilder out =
        new StringBuilder(
            """
            # Flags and the configurations they become

            Every flag becomes a property, named as the flag, of the Configuration Admin entry of its
            area. Durations are Longs in milliseconds, sizes Longs in bytes, whole numbers Longs,
            switches Booleans, repeatable flags String arrays. Each entry also has `mode` (`server` or
            `agent`) and `enable-feature` (all features that are on). The entry
            `io.narthex.flags` holds every flag as the text that `/api/v1/status/flags` shows. The
            entries of areas that the mode does not have are absent, so that components with
            `configurationPolicy = REQUIRE` exist only where they belong.

            *Support*: `full`; `needless` (the JVM does the same without being asked); `warned` (tunes a
            part that does not exist yet: accepted, has no effect, and the log says so); `refused`
            (switches on a part that does not exist yet: the server ends with code 1).

            | Flag | Default | Type | Mode | Configuration | Support |
            | --- | --- | --- | --- | --- | --- |
            """);
    for (Flag flag : FlagCatalogue.all()) {
      out.append("| `--").append(flag.name()).append('`');
      out.append(flag.repeatable() ? " repeatable" : "").append(flag.hidden() ? " hidden" : "");
      out.append(" | `").append(flag.defaultText()).append("` | ");
      out.append(lower(flag.type())).append(" | ").append(lower(flag.mode()));
      out.append(" | `").append(flag.pid()).append("` | ").append(lower(flag.support()));
      out.append(" |\n");
    }
    return out.toString();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
