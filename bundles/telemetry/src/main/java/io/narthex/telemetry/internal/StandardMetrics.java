package io.narthex.telemetry.internal;

import io.narthex.api.telemetry.BuildInfo;
import io.narthex.api.telemetry.Metrics;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Puts the metrics of process, JVM and build on the page; they leave with this bundle. */
@Component(service = StandardMetrics.class, immediate = true)
public final class StandardMetrics {

  @Activate
  public StandardMetrics(@Reference Metrics metrics, @Reference BuildInfo build) {
    ProcessMetrics.register(metrics, new ProcFiles(Path.of("/proc")));
    JvmMetrics.register(metrics);
    String arch = architecture(System.getProperty("os.arch", ""));
    String os = operatingSystem(System.getProperty("os.name", ""));
    metrics.collect(
        "prometheus_build_info",
        "A metric with a constant '1' value labeled by version, revision, branch, goversion from"
            + " which prometheus was built, and the goos and goarch for the build.",
        false,
        List.of("branch", "goarch", "goos", "goversion", "revision", "tags", "version"),
        sink ->
            sink.add(
                1,
                build.branch(),
                arch,
                os,
                build.javaVersion(),
                build.revision(),
                "narthex",
                build.compatibleVersion()));
  }

  /** The name the reference's build has for Java's name of an architecture. */
  static String architecture(String java) {
    return switch (java) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> java;
    };
  }

  static String operatingSystem(String java) {
    String name = java.toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return "darwin";
    }
    return name.startsWith("windows") ? "windows" : name;
  }
}
