package io.narthex.itest.framework;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Scrape jobs that Configuration Admin adds to those of the file. */
final class ConfigurationAdminTest {
  private static final String PID = "io.narthex.scrape.job";

  @TempDir Path folder;

  @Test
  void aJobAppearsChangesAndGoes() throws Exception {
    try (RunningFramework framework = new RunningFramework.Setup(folder).start();
        Target target = new Target()) {
      framework.awaitReady();
      Configuration entry = job(framework, "added");
      entry.update(properties("targets", new String[] {target.address()}));
      awaitTargets(framework, page -> page.contains("\"job\":\"added\""));
      Await.until("scrapes", target::scrapes, n -> n > 0);
      Await.until("the commit", () -> newest(framework, "committed"), Boolean.TRUE::equals);

      entry.update(
          properties(
              "targets", new String[] {target.address()}, "labels", new String[] {"team=blue"}));
      awaitTargets(framework, page -> page.contains("\"team\":\"blue\""));
      entry.delete();
      awaitTargets(framework, page -> !page.contains("added"));
    }
  }

  @Test
  void aBadJobIsRefusedAndNothingChanges() throws Exception {
    try (RunningFramework framework = new RunningFramework.Setup(folder).start();
        Target target = new Target()) {
      framework.awaitReady();
      job(framework, "good").update(properties("targets", new String[] {target.address()}));
      awaitTargets(framework, page -> page.contains("\"job\":\"good\""));
      String before = effective(framework);

      Configuration bad = job(framework, "bad");
      bad.update(
          properties("targets", new String[] {target.address()}, "scrape_interval", "often"));
      Await.until("the refusal", () -> newest(framework, "committed"), Boolean.FALSE::equals);
      assertThat((String) newest(framework, "error")).contains("often");
      assertThat(effective(framework)).isEqualTo(before);
      assertThat(framework.get("/api/v1/targets").body())
          .contains("\"job\":\"good\"")
          .doesNotContain("bad");
      int scraped = target.scrapes();
      Await.until("more scrapes", target::scrapes, n -> n > scraped);

      bad.update(properties("targets", new String[] {target.address()}, "scrape_interval", "1s"));
      awaitTargets(framework, page -> page.contains("\"job\":\"bad\""));
    }
  }

  private static Configuration job(RunningFramework framework, String name) throws Exception {
    ConfigurationAdmin admin =
        (ConfigurationAdmin) framework.anyService(ConfigurationAdmin.class.getName());
    return admin.getFactoryConfiguration(PID, name, "?");
  }

  private static Hashtable<String, Object> properties(Object... pairs) {
    Hashtable<String, Object> properties = new Hashtable<>(Map.of());
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put((String) pairs[i], pairs[i + 1]);
    }
    return properties;
  }

  private static void awaitTargets(
      RunningFramework framework, java.util.function.Predicate<String> wanted) {
    Await.until("targets", () -> framework.get("/api/v1/targets").body(), wanted);
  }

  private static List<?> history(RunningFramework framework) {
    return (List<?>) Reflect.call(framework.service("config.ConfigurationTransactions"), "history");
  }

  private static Object newest(RunningFramework framework, String component) {
    return Reflect.call(history(framework).getFirst(), component);
  }

  private static String effective(RunningFramework framework) {
    return (String)
        Reflect.call(framework.service("config.ConfigurationTransactions"), "effectiveYaml");
  }
}
