package io.narthex.itest.framework;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever order bundles start in, the same server stands in the end. */
final class StartOrderTest {
  private static final String CONFIGURATION =
      """
      global:
        scrape_interval: 1s
      scrape_configs:
        - job_name: nobody
          static_configs:
            - targets: ["127.0.0.1:1"]
      """;

  private static EndState expected;

  @TempDir static Path reference;
  @TempDir Path folder;

  @BeforeAll
  static void asShipped() throws Exception {
    try (RunningFramework framework =
        new RunningFramework.Setup(reference).configuration(CONFIGURATION).start()) {
      expected = EndState.settled(framework);
    }
  }

  @AfterAll
  static void forget() {
    expected = null;
  }

  static Stream<Integer> seeds() {
    return IntStream.range(0, 30).boxed();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyOrderEndsInTheSameState(int seed) throws Exception {
    try (RunningFramework framework =
        new RunningFramework.Setup(folder)
            .configuration(CONFIGURATION)
            .bundles(lines -> shuffled(lines, new Random(seed)))
            .start()) {
      expected.awaitIn(framework);
    }
  }

  /**
   * Another order and other levels for all but Configuration Admin, which the program needs before
   * it can hand over the flags.
   */
  private static List<String> shuffled(List<String> lines, Random random) {
    List<String> result = new ArrayList<>();
    for (String line : lines) {
      boolean first = line.contains("configadmin");
      String file = line.substring(line.indexOf(' '));
      result.add((first ? 1 : 1 + random.nextInt(5)) + file);
    }
    Collections.shuffle(result, random);
    return result;
  }
}
