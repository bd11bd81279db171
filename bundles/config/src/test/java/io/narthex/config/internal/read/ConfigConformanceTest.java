package io.narthex.config.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.StorageConfig;
import io.narthex.config.internal.Conformance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every configuration file of the conformance data loads or is refused as its name says. */
class ConfigConformanceTest {

  /** Prefixes of bad files whose error only a provider that is not built yet can find. */
  private static final Set<String> NEED_PROVIDER =
      Set.of(
          "azure_",
          "ec2_",
          "eureka_",
          "hetzner_",
          "ionos_",
          "kubernetes_",
          "lightsail_",
          "marathon_",
          "oci_",
          "openstack_",
          "outscale_",
          "ovhcloud_",
          "puppetdb_",
          "scaleway_",
          "stackit_",
          "uyuni_",
          // Built, in a bundle that this one does not see.
          "http_");

  private static final Set<String> REFUSED_BESIDES_BAD =
      Set.of(
          "agent_mode.with_alert_manager.yml",
          "agent_mode.with_alert_relabels.yml",
          "agent_mode.with_remote_reads.yml",
          "agent_mode.with_rule_files.yml",
          "config_with_deprecated_am_api_config.yml",
          "otlp_allow_utf8.incompatible.yml",
          "otlp_no_translation.incompatible.yml");

  @TestFactory
  List<DynamicTest> everyFile() throws IOException {
    Path folder = Conformance.folder("config");
    Map<String, String> errors = expectedErrors(folder);
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(p -> p.toString().endsWith(".yml"))
          .sorted()
          .map(p -> DynamicTest.dynamicTest(name(p), () -> check(p, errors)))
          .toList();
    }
  }

  private static void check(Path file, Map<String, String> errors) throws Exception {
    String name = name(file);
    boolean bad = name.contains(".bad.") || REFUSED_BESIDES_BAD.contains(name);
    boolean waits = bad && NEED_PROVIDER.stream().anyMatch(name::startsWith);
    if (!bad) {
      assertThat(read(file).configuration()).isNotNull();
      return;
    }
    if (waits) {
      checkWaiting(file);
      return;
    }
    String expected = errors.getOrDefault(name, "").replace("testdata/", file.getParent() + "/");
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(expected);
  }

  /** What only the provider would refuse is kept; some of these files have no job name besides. */
  private static void checkWaiting(Path file) throws IOException {
    try {
      assertThat(read(file).configuration()).isNotNull();
      assertThat(Files.readString(file)).contains("job_name: ");
    } catch (ConfigurationException e) {
      assertThat(e).hasMessageContaining("job_name is empty");
      assertThat(Files.readString(file)).doesNotContain("job_name: ");
    }
  }

  private static Loaded read(Path file) throws ConfigurationException {
    ReaderOptions options =
        new ReaderOptions(
            name(file).startsWith("agent_mode"),
            Set.of(),
            StorageConfig.Retention.NONE,
            variable -> "TEST".equals(variable) ? "test" : null);
    return new ConfigurationReader(options, new DiscoveryKinds(Map.of()))
        .read(file.toString(), Overlay.NONE);
  }

  private static Map<String, String> expectedErrors(Path folder) throws IOException {
    Map<String, String> errors = new HashMap<>();
    for (String line :
        Files.readAllLines(folder.resolve("expected-errors.tsv"), StandardCharsets.UTF_8)) {
      int tab = line.indexOf('\t');
      if (tab > 0 && !line.startsWith("#")) {
        errors.put(line.substring(0, tab), line.substring(tab + 1));
      }
    }
    assertThat(errors).hasSizeGreaterThan(100);
    return errors;
  }

  private static String name(Path p) {
    return p.getFileName().toString();
  }
}
