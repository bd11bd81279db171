package io.narthex.itest.framework;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** A provider that is dropped into the watched folder, updated and taken away. */
final class PluginTest {
  private static final String PROVIDER = "io.narthex.discovery.static";
  private static final int UPDATES = 50;
  private static final double INTERVAL_SECONDS = 1;

  /** A provider whose targets never change has finished once it has given them. */
  private static final String FOUND = "FINISHED";

  @TempDir Path folder;

  @Test
  void turnsAWaitingSectionIntoTargetsAndIsUpdatedUnderScraping() throws Exception {
    try (Target target = new Target();
        Target other = new Target();
        RunningFramework framework =
            new RunningFramework.Setup(folder)
                .configuration(configuration(target, steady(other)))
                .bundles(lines -> without(lines, PROVIDER))
                .start()) {
      framework.awaitReady();
      Await.until("the first scrapes", other::scrapes, n -> n > 1);
      awaitSection(framework, "WAITING_FOR_PROVIDER");
      assertThat(framework.get("/api/v1/targets").body()).doesNotContain("\"job\":\"plugged\"");

      Path plugin = framework.plugins().resolve("provider.jar");
      drop(plugin);
      awaitSection(framework, FOUND);
      Await.until("the first scrapes", target::scrapes, n -> n > 1);

      Bundle bundle = framework.bundle(PROVIDER);
      for (int i = 0; i < UPDATES; i++) {
        bundle.update(Files.newInputStream(RunningFramework.jar(PROVIDER)));
        awaitSection(framework, FOUND);
      }
      int after = target.scrapes();
      Await.until("scrapes after the updates", target::scrapes, n -> n > after + 2);
      assertNoScrapeMissed(framework);

      Files.delete(plugin);
      awaitSection(framework, "KEPT_IN_GRACE");
      int kept = target.scrapes();
      Await.until("scrapes during the grace", target::scrapes, n -> n > kept + 1);
      assertNoScrapeMissed(framework);
    }
  }

  private Path steady(Target target) throws IOException {
    Path file = folder.resolve("steady.yml");
    return Files.writeString(file, "- targets: ['%s']\n".formatted(target.address()));
  }

  /** The second job's provider stays as it is: what it misses, the machine was too slow for. */
  private static String configuration(Target target, Path steadyTargets) {
    return """
    global:
      scrape_interval: 1s
    scrape_configs:
      - job_name: plugged
        static_configs:
          - targets: ["%s"]
      - job_name: steady
        file_sd_configs:
          - files: ["%s"]
    """
        .formatted(target.address(), steadyTargets);
  }

  private static List<String> without(List<String> lines, String bundle) {
    lines.removeIf(line -> line.contains(bundle + "-"));
    return lines;
  }

  /** Appears at once and whole, as a move does. */
  private static void drop(Path plugin) throws Exception {
    Path beside = plugin.resolveSibling("provider.part");
    Files.copy(RunningFramework.jar(PROVIDER), beside);
    Files.move(beside, plugin, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void awaitSection(RunningFramework framework, String state) {
    Await.until(
        "a section that is " + state,
        () ->
            ((List<?>) Reflect.call(framework.service("discovery.DiscoveryView"), "sections"))
                .stream()
                    .filter(s -> Reflect.call(s, "kind").equals("static"))
                    .map(s -> Reflect.call(s, "state").toString())
                    .toList(),
        states -> states.equals(List.of(state)));
  }

  /**
   * Between two scrapes that succeeded lies one interval, and the target was always there. Where
   * the machine itself stood still for longer, as the scrapes of the other job show, that much may
   * be missing.
   */
  private static void assertNoScrapeMissed(RunningFramework framework) throws Exception {
    double steady = longestPause(scrapeTimes(framework, "steady"));
    double allowed =
        steady < 1.5 * INTERVAL_SECONDS ? 1.9 * INTERVAL_SECONDS : steady + INTERVAL_SECONDS;
    List<Double> times = scrapeTimes(framework, "plugged");
    assertThat(longestPause(times)).as(times.toString()).isLessThan(allowed);
  }

  private static double longestPause(List<Double> times) {
    double longest = 0;
    for (int i = 1; i < times.size(); i++) {
      longest = Math.max(longest, times.get(i) - times.get(i - 1));
    }
    return longest;
  }

  private static List<Double> scrapeTimes(RunningFramework framework, String job) throws Exception {
    String query = "/api/v1/query?query=up%7Bjob%3D%22" + job + "%22%7D%5B10m%5D";
    String body = framework.get(query).body();
    int from = body.indexOf("\"values\":[");
    assertThat(from).as(body).isPositive();
    String values = body.substring(from + 10, body.indexOf("]]", from));
    List<Double> times = new ArrayList<>();
    for (String pair : values.split("\\],?")) {
      String[] parts = pair.replace("[", "").split(",");
      if (parts[1].equals("\"1\"")) {
        times.add(Double.valueOf(parts[0]));
      }
    }
    assertThat(times).hasSizeGreaterThan(2);
    return times;
  }
}
