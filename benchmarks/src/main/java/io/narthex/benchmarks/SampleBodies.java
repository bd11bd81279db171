package io.narthex.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bodies that benchmarks read. */
public final class SampleBodies {

  private SampleBodies() {}

  /**
   * The body of a file, named by the system property {@code body}, or one made up in the manner of
   * a host exporter.
   */
  public static byte[] load() {
    String file = System.getProperty("body", "");
    try {
      return file.isEmpty() ? madeUp() : Files.readAllBytes(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] madeUp() {
    StringBuilder out = new StringBuilder();
    String[] modes = {"idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user"};
    out.append("# HELP node_cpu_seconds_total Seconds the CPUs spent in each mode.\n");
    out.append("# TYPE node_cpu_seconds_total counter\n");
    for (int cpu = 0; cpu < 64; cpu++) {
      for (String mode : modes) {
        out.append("node_cpu_seconds_total{cpu=\"").append(cpu).append("\",mode=\"");
        out.append(mode).append("\"} ").append(cpu * 1234.56 + mode.length()).append('\n');
      }
    }
    for (int i = 0; i < 500; i++) {
      out.append("# HELP node_thing_").append(i).append(" What this thing of the host is.\n");
      out.append("# TYPE node_thing_").append(i).append(" gauge\nnode_thing_").append(i);
      out.append(' ').append(i * 4096L).append("\nnode_thing_").append(i).append("_bytes{");
      out.append("device=\"sda\",fstype=\"ext4\",mountpoint=\"/var/lib\"} ");
      out.append(i * 1.5e9).append('\n');
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }
}
