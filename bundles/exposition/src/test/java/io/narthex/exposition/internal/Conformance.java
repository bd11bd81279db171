package io.narthex.exposition.internal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The scrape bodies of the reference's project; tests that need them are skipped without them. */
final class Conformance {

  private Conformance() {}

  static List<Path> bodies() throws IOException {
    Path folder = root().resolve("exposition");
    assumeTrue(Files.isDirectory(folder), "no conformance data in " + folder);
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(p -> p.toString().endsWith(".txt")).sorted().toList();
    }
  }

  static boolean isOpenMetrics(Path body) {
    return body.toString().endsWith(".om.txt");
  }

  private static Path root() {
    String set = System.getProperty("NARTHEX_CONFORMANCE", System.getenv("NARTHEX_CONFORMANCE"));
    if (set != null) {
      return Path.of(set);
    }
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("mvnw"))) {
      at = at.getParent();
    }
    return at == null ? Path.of("conformance") : at.resolveSibling("shared").resolve("conformance");
  }
}
