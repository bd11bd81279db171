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
      byte[] body = Files.readAllBytes(file);
      List<String> lines = new String(body, StandardCharsets.UTF_8).lines().toList();
      boolean openMetrics = Conformance.isOpenMetrics(file);
      boolean ended = lines.getLast().equals("# EOF");
      if (openMetrics && !ended) {
        // Kept without the end mark, which a test that pieces bodies together adds.
        body =
            (new String(body, StandardCharsets.UTF_8) + "# EOF\n").getBytes(StandardCharsets.UTF_8);
      }
      List<String> entries =
          Reading.all(openMetrics ? new OpenMetricsReader(false) : new TextReader(), body);
      assertThat(entries).as("%s", file).hasSize(lines.size() - (ended ? 1 : 0));
      for (int i = 0; i < entries.size(); i++) {
        assertThat(entries.get(i).charAt(0))
            .isEqualTo(
                lines.get(i).startsWith("# HELP")
                    ? 'H'
                    : lines.get(i).startsWith("# TYPE") ? 'T' : '{');
      }
    }
  }
}
