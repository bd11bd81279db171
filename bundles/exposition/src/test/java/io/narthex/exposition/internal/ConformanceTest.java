package io.narthex.exposition.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConformanceTest {

  @Test
  void readsEveryBodyWhole() throws Exception {
    for (Path file : Conformance.bodies()) {
      String body = Files.readString(file);
      boolean openMetrics = Conformance.isOpenMetrics(file);
      List<String> lines = body.lines().toList();
      // Some are kept without the end mark, which is added when they are pieced together.
      String whole = openMetrics && !lines.getLast().equals("# EOF") ? body + "# EOF\n" : body;
      List<String> kinds =
          lines.stream().filter(l -> !(openMetrics && l.equals("# EOF"))).map(this::kind).toList();
      List<String> entries =
          Reading.all(
              openMetrics ? new OpenMetricsReader(false) : new TextReader(),
              whole.getBytes(StandardCharsets.UTF_8));
      assertThat(entries.stream().map(e -> e.substring(0, 1)).toList())
          .as("%s", file)
          .isEqualTo(kinds);
    }
  }

  /** The first letter of what the line is read as. */
  private String kind(String line) {
    return line.startsWith("# HELP ")
        ? "H"
        : line.startsWith("# TYPE ") ? "T" : line.startsWith("#") ? "C" : "{";
  }
}
