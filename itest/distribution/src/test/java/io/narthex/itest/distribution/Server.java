package io.narthex.itest.distribution;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process started from the unpacked distribution. */
final class Server implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();
  private final Thread reader;

  private Server(Process process) {
    this.process = process;
    reader = Thread.ofVirtual().start(this::read);
  }

  static Path home() {
    return Path.of(System.getProperty("narthex.distribution"));
  }

  static Server start(Path folder, String... flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(home().resolve("bin/narthex").toString());
    command.addAll(List.of(flags));
    return startCommand(folder, command);
  }

  /** Starts any program; its output is read line by line. */
  static Server startCommand(Path folder, List<String> command) throws IOException {
    return startCommand(folder, command, Map.of());
  }

  /** Starts the server with a shell on its standard input. */
  static Server startWithShell(Path folder, String... flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(home().resolve("bin/narthex").toString());
    command.addAll(List.of(flags));
    return startCommand(folder, command, Map.of("NARTHEX_JVM_OPTIONS", "-Dnarthex.shell"));
  }

  private static Server startCommand(
      Path folder, List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return new Server(builder.redirectErrorStream(true).start());
  }

  private void read() {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("the output cannot be read: " + e);
    }
  }

  /** The first line that contains the text; waits for it. */
  String await(String text) throws InterruptedException {
    for (String line : seen) {
      if (line.contains(text)) {
        return line;
      }
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        throw new AssertionError("no line with \"" + text + "\" in: " + output());
      }
      seen.add(line);
      if (line.contains(text)) {
        return line;
      }
    }
  }

  /** Waits for the line that says where the program listens; the host and port in it. */
  String address(String text) throws InterruptedException {
    String line = await(text);
    int port = line.indexOf("127.0.0.1:") + "127.0.0.1:".length();
    int end = port;
    while (end < line.length() && Character.isDigit(line.charAt(end))) {
      end++;
    }
    return "127.0.0.1:" + line.substring(port, end);
  }

  /** Writes a line to the program's standard input. */
  void type(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Ends the program's standard input. */
  void hangUp() throws IOException {
    process.getOutputStream().close();
  }

  /** As {@link #kill}, without waiting for the end. */
  void killNow() {
    process.destroyForcibly();
  }

  /** Ends the process as if the machine had taken it away. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits for the end. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + output());
    }
    reader.join();
    return process.exitValue();
  }

  void terminate() {
    process.toHandle().destroy(); // Process.destroy would close the output as well.
  }

  long pid() {
    return process.pid();
  }

  String output() {
    List<String> all = new ArrayList<>(seen);
    all.addAll(lines);
    return String.join("\n", all);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
    reader.join();
  }
}
