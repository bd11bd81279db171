package io.narthex.discovery.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.discovery.groups.internal.GroupDocument;
import io.narthex.discovery.groups.internal.GroupFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GroupFileTest {

  @TempDir Path folder;

  private GroupFile.Content read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("a.yml"), text);
    return GroupFile.read(file, new GroupDocument("a.yml", "__meta_filepath"));
  }

  /** Trees that hold themselves, keys that are no texts, values that make objects. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "- {targets: [&a [*a]]}",
        "- &a {targets: [*a]}",
        "- {labels: &a {x: *a}}",
        "&a [*a]",
        "- {? [x] : y}",
        "- {~: y}",
        "- {targets: [!!binary '@']}",
        "- !!java.net.URL [http://x]",
        "- targets: ["
      })
  void hostileTreesAreRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(GroupFormatException.class);
  }

  @Test
  void emptyFileHasNoGroups() throws Exception {
    assertThat(read("").groups()).isEmpty();
    assertThat(read("# nothing\n").groups()).isEmpty();
  }
}
