package io.narthex.itest.distribution;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The real programs of Prometheus, where they are installed. */
final class Peers {

  private Peers() {}

  /** A program's path; skips the test where there is none. */
  static String program(String name) {
    String folder = System.getProperty("NARTHEX_PEERS", System.getenv("NARTHEX_PEERS"));
    assumeTrue(folder != null, "NARTHEX_PEERS names no folder with " + name);
    Path program = Path.of(String.valueOf(folder), name);
    assumeTrue(Files.isExecutable(program), program + " is missing");
    return program.toString();
  }

  static Server start(Path folder, String program, String... flags) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of(program(program)));
    command.addAll(List.of(flags));
    return Server.startCommand(folder, command);
  }

  /** Runs a program to its end; its output if it ended with 0. */
  static String run(Path folder, String program, String... flags)
      throws IOException, InterruptedException {
    try (Server server = start(folder, program, flags)) {
      int code = server.exitCode();
      if (code != 0) {
        throw new AssertionError(program + " ended with " + code + ": " + server.output());
      }
      return server.output();
    }
  }
}
