package io.narthex.telemetry.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardMetricsTest {

  @Test
  void allOfThemCanBeCollected() throws IOException {
    MetricRegistry registry = new MetricRegistry();
    new StandardMetrics(new BundleMetrics(registry), new BuildProperties());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ExpositionPage(registry).write("", out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\nprocess_resident_memory_bytes ", "\nprocess_open_fds ", "\njvm_threads_peak ")
        .contains("\nprometheus_build_info{branch=\"\",goarch=\"", "version=\"3.14.0+narthex.");
    registry.families().forEach(f -> assertThat(f.collect().getDataPoints()).isNotEmpty());
  }

  @Test
  void readsProcWithHostileNames(@TempDir Path proc) throws IOException {
    Path self = Files.createDirectories(proc.resolve("self"));
    Files.writeString(proc.resolve("stat"), "cpu  1 2\nbtime 1000\nprocesses 4\n");
    Files.writeString(
        self.resolve("stat"),
        "7 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0 20 0 9 0 4200 1 2 3\n");
    Files.writeString(
        self.resolve("limits"),
        "Limit                     Soft Limit           Hard Limit           Units     \n"
            + "Max open files            1024                 4096                 files     \n"
            + "Max address space         unlimited            unlimited            bytes     \n");
    Files.writeString(self.resolve("status"), "Name:\tx\nVmSize:\t  20 kB\nVmRSS:\t      10 kB\n");
    ProcFiles files = new ProcFiles(proc);
    assertThat(files.cpuSeconds()).isEqualTo(2.0);
    assertThat(files.startTime()).isEqualTo(1042.0);
    assertThat(files.residentBytes()).isEqualTo(10240);
    assertThat(files.virtualBytes()).isEqualTo(20480);
    assertThat(files.maxFiles()).isEqualTo(1024);
    assertThat(files.maxVirtualBytes()).isEqualTo(0x1p64);
  }
}
