package io.narthex.telemetry.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Facts about this process from Linux' {@code /proc}; elsewhere there are none. */
final class ProcFiles {

  /** Clock ticks in a second: fixed in Linux' interface to user space. */
  private static final double TICKS = 100;

  /** Fields of {@code stat} counted from the state, which comes after the command's name. */
  private static final int STAT_UTIME = 11;

  private static final int STAT_STIME = 12;
  private static final int STAT_START = 19;

  private final Path proc;

  ProcFiles(Path proc) {
    this.proc = proc;
  }

  boolean available() {
    return Files.isReadable(proc.resolve("self/stat"));
  }

  double cpuSeconds() throws IOException {
    String[] stat = stat();
    return (Long.parseLong(stat[STAT_UTIME]) + Long.parseLong(stat[STAT_STIME])) / TICKS;
  }

  /** Seconds since the epoch. */
  double startTime() throws IOException {
    double boot = Double.parseDouble(value("stat", "btime "));
    return boot + Long.parseLong(stat()[STAT_START]) / TICKS;
  }

  double residentBytes() throws IOException {
    return kilobytes("VmRSS:");
  }

  double virtualBytes() throws IOException {
    return kilobytes("VmSize:");
  }

  double openFiles() throws IOException {
    int n = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(proc.resolve("self/fd"))) {
      for (Path unused : files) {
        n++;
      }
    }
    return n - 1; // Without the one that reads the folder.
  }

  double maxFiles() throws IOException {
    return limit("Max open files");
  }

  /** As the reference has it: the largest unsigned number where there is no limit. */
  double maxVirtualBytes() throws IOException {
    return limit("Max address space");
  }

  private double kilobytes(String key) throws IOException {
    String value = value("self/status", key);
    return Long.parseLong(value.substring(0, value.indexOf(' '))) * 1024.0;
  }

  private double limit(String key) throws IOException {
    String value = value("self/limits", key);
    String soft = value.substring(0, value.indexOf(' '));
    return soft.equals("unlimited") ? 0x1p64 : Double.parseDouble(soft);
  }

  private String[] stat() throws IOException {
    String text = read("self/stat");
    // The command's name stands in brackets and may hold anything, brackets and spaces too.
    return text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
  }

  /** What follows the key in the line that starts with it. */
  private String value(String file, String key) throws IOException {
    String text = read(file);
    int at = text.startsWith(key) ? 0 : text.indexOf("\n" + key) + 1;
    if (at == 0 && !text.startsWith(key)) {
      throw new IOException(proc.resolve(file) + " has no line " + key);
    }
    int end = text.indexOf('\n', at);
    return text.substring(at + key.length(), end < 0 ? text.length() : end).strip();
  }

  private String read(String file) throws IOException {
    return new String(Files.readAllBytes(proc.resolve(file)), StandardCharsets.UTF_8);
  }
}
