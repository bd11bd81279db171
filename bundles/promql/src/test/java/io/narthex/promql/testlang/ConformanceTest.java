package io.narthex.promql.testlang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the scripts of the reference. */
final class ConformanceTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aggregators",
        "at_modifier",
        "collision",
        "duration_expression",
        "extended_vectors",
        "fill-modifier",
        "functions",
        "histograms",
        "info",
        "limit",
        "literals",
        "name_label_dropping",
        "native_histograms",
        "operators",
        "range_queries",
        "selectors",
        "staleness",
        "start_timestamps",
        "subquery",
        "trig_functions",
        "type_and_unit"
      })
  void passes(String name) throws IOException {
    Path script = folder().resolve("promql").resolve(name + ".test");
    assumeTrue(Files.exists(script), "no conformance data at " + script);
    StringBuilder report = new StringBuilder();
    for (ScriptRunner.Failure f : ScriptRunner.run(Files.readString(script))) {
      report.append(name).append(".test:").append(f.line()).append(": ").append(f.message());
      report.append('\n');
    }
    assertThat(report.toString()).isEmpty();
  }

  private static Path folder() {
    String set = System.getProperty("NARTHEX_CONFORMANCE", System.getenv("NARTHEX_CONFORMANCE"));
    if (set != null) {
      return Path.of(set);
    }
    Path root = Path.of("").toAbsolutePath();
    while (root.getParent() != null && !Files.exists(root.resolve("mvnw"))) {
      root = root.getParent();
    }
    return root.resolve("../shared/conformance");
  }
}
