package io.narthex.config.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Folders outside the project that tests use when they are there. */
public final class Conformance {

  private Conformance() {}

  /** A folder of the conformance data; the test is skipped where it is missing. */
  public static Path folder(String name) {
    String root = setting("NARTHEX_CONFORMANCE").orElse("../shared/conformance");
    Path base = Path.of(root);
    for (Path at = Path.of("").toAbsolutePath();
        !base.isAbsolute() && at != null;
        at = at.getParent()) {
      if (Files.isDirectory(at.resolve(root))) {
        base = at.resolve(root).normalize();
      }
    }
    Path folder = base.resolve(name);
    Assumptions.assumeTrue(Files.isDirectory(folder), "no conformance data");
    return folder;
  }

  /** A program of the reference; the test is skipped where it is missing. */
  public static String peer(String name) {
    Optional<String> folder = setting("NARTHEX_PEERS");
    Assumptions.assumeTrue(folder.isPresent(), "no peer programs");
    Path program = Path.of(folder.orElseThrow()).resolve(name);
    Assumptions.assumeTrue(Files.isExecutable(program), "no " + name);
    return program.toString();
  }

  private static Optional<String> setting(String name) {
    return Optional.ofNullable(System.getProperty(name, System.getenv(name)));
  }
}
