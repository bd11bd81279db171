package io.narthex.itest.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The configuration bundle among services of a running framework, with a storage of the test's. */
final class ConfigurationServicesTest {
  private static final List<String> NEEDED =
      List.of(
          "io.narthex.api-",
          "io.narthex.model-",
          "io.narthex.lifecycle-",
          "io.narthex.config-",
          "io.narthex.telemetry-",
          "snakeyaml",
          "org.apache.felix.scr",
          "org.apache.felix.configadmin",
          "org.apache.felix.metatype",
          "org.osgi.");

  @TempDir Path folder;
  private final List<String> calls = new CopyOnWriteArrayList<>();

  private RunningFramework start() throws Exception {
    RunningFramework framework =
        new RunningFramework.Setup(folder)
            .configuration("scrape_configs: [{job_name: a}]\n")
            .bundles(
                lines -> lines.stream().filter(l -> NEEDED.stream().anyMatch(l::contains)).toList())
            .start();
    assertThat(framework.has("config.EffectiveConfiguration")).isFalse();
    framework.register("storage.Storage", Map.of(), Map.of("storage.role", "fanout"));
    assertThat(framework.service("config.EffectiveConfiguration")).isNotNull();
    return framework;
  }

  private static ConfigurationAdmin admin(RunningFramework framework) {
    BundleContext context = framework.context();
    return context.getService(context.getServiceReference(ConfigurationAdmin.class));
  }

  private static Object transactions(RunningFramework framework) {
    return framework.service("config.ConfigurationTransactions");
  }

  private static String yaml(RunningFramework framework) {
    return (String) Reflect.call(transactions(framework), "effectiveYaml");
  }

  private static Object last(RunningFramework framework) {
    return ((List<?>) Reflect.call(transactions(framework), "history")).getFirst();
  }

  private static void update(Configuration entry, String key, Object value) throws Exception {
    entry.update(new Hashtable<>(Map.of(key, value)));
  }

  @Test
  void entriesOfConfigurationAdminComeAndGo() throws Exception {
    try (RunningFramework framework = start()) {
      Configuration job =
          admin(framework).getFactoryConfiguration("io.narthex.scrape.job", "node", "?");
      update(job, "targets", new String[] {"localhost:9100"});
      Await.until("the job", () -> yaml(framework), y -> y.contains("job_name: node"));
      assertThat(yaml(framework)).contains("- localhost:9100");

      update(job, "job_name", "a");
      Await.until(
          "the refusal",
          () -> String.valueOf(Reflect.call(last(framework), "error")),
          e -> e.contains("found multiple scrape configs with job name \"a\""));
      assertThat(yaml(framework)).contains("job_name: node");

      update(job, "scrape_interval", "7s");
      Await.until("the change", () -> yaml(framework), y -> y.contains("scrape_interval: 7s"));
      Configuration global = admin(framework).getConfiguration("io.narthex.global", "?");
      update(global, "scrape_timeout", "3s");
      Await.until("the default", () -> yaml(framework), y -> y.contains("scrape_timeout: 3s"));
      job.delete();
      global.delete();
      Await.until(
          "their end",
          () -> yaml(framework),
          y -> !y.contains("job_name: node") && !y.contains("scrape_timeout: 3s"));
    }
  }

  @Test
  void modulesAreConfiguredWhenTheyComeAndAtEachReload() throws Exception {
    try (RunningFramework framework = start()) {
      framework.register(
          "config.Reconfigurable",
          Map.of(
              "reconfigurableName",
              (self, method, args) -> "probe",
              "prepare",
              (self, method, args) -> prepared(framework)),
          Map.of("reconfigurable.order", 5));
      Await.until("the first configuration", () -> calls, c -> c.contains("commit"));
      calls.clear();
      Reflect.call(transactions(framework), "reload", "test");
      assertThat(calls).containsExactly("prepare", "commit");
      Files.writeString(folder.resolve("prometheus.yml"), "x: 1\n");
      assertThatThrownBy(() -> Reflect.call(transactions(framework), "reload", "test"))
          .rootCause()
          .hasMessageContaining("field x not found in type config.plain");
      assertThat(calls).hasSize(2);
    }
  }

  private Object prepared(RunningFramework framework) {
    calls.add("prepare");
    return Reflect.implement(
        framework.type("config.Reconfigurable$Prepared"),
        Map.of(
            "commit",
            (self, method, args) -> {
              calls.add("commit");
              return null;
            }));
  }

  @Test
  void theConfigurationComesBackWithItsBundle() throws Exception {
    try (RunningFramework framework = start()) {
      Bundle config = framework.bundle("io.narthex.config");
      for (int i = 0; i < 5; i++) {
        config.stop();
        assertThat(framework.has("config.EffectiveConfiguration")).isFalse();
        Await.until(
            "the end of its thread",
            () -> Thread.getAllStackTraces().keySet(),
            all -> all.stream().noneMatch(t -> t.getName().equals("configuration")));
        config.start();
        assertThat(framework.service("config.EffectiveConfiguration")).isNotNull();
        assertThat(yaml(framework)).contains("job_name: a");
      }
    }
  }
}
