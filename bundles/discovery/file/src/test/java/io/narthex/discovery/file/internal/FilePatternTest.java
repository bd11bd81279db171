package io.narthex.discovery.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FilePatternTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"a.json", "a/b.yml", "/a/*.yaml", "*.JSON", "a/x*y*.YML", "a.d/*.YAML", ".json"})
  void takesPathsWithAnExtensionAndStarsAtTheEndOnly(String text) {
    assertThat(new FilePattern(text).isValid()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a.txt", "a.Json", "*/a.json", "a.json/b", "a.json/", "*.json/b.json", ""})
  void refusesOthers(String text) {
    assertThat(new FilePattern(text).isValid()).isFalse();
  }

  @Test
  void matchesAsUsersOfPrometheusExpect() throws Exception {
    for (String name : List.of("b.json", "a.json", ".c.json", "{x}.json", "a.yml", "ab.json")) {
      Files.createFile(folder.resolve(name));
    }
    assertMatches("*.json", ".c.json", "a.json", "ab.json", "b.json", "{x}.json");
    assertMatches("{*}.json", "{x}.json");
    assertMatches("{x}.json", "{x}.json");
    assertMatches("[^b].json", "a.json");
    assertMatches("?.json", "a.json", "b.json");
    assertMatches("none.json");
    assertThat(new FilePattern(folder + "/none/*.json").matches()).isEmpty();
  }

  private void assertMatches(String pattern, String... names) throws IOException {
    assertThat(new FilePattern(folder + "/" + pattern).matches())
        .containsExactly(List.of(names).stream().map(n -> folder + "/" + n).toArray(String[]::new));
  }

  @Test
  void patternWithoutEndIsAnErrorAndNoCrash() {
    assertThatThrownBy(() -> new FilePattern(folder + "/[*.json").matches())
        .isInstanceOf(IOException.class);
  }
}
