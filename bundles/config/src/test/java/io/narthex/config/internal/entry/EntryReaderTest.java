package io.narthex.config.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.Configuration;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.config.internal.read.ConfigurationReader;
import io.narthex.config.internal.read.DiscoveryKinds;
import io.narthex.config.internal.read.Overlay;
import io.narthex.config.internal.read.ReaderOptions;
import io.narthex.config.internal.yaml.YamlSource;
import io.narthex.model.Labels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntryReaderTest {

  private final EntryReader reader =
      new EntryReader("io.narthex.scrape.job~node", Path.of("/etc/narthex"));

  private static Configuration read(String file, ConfigNode global, ConfigNode... jobs)
      throws ConfigurationException {
    return new ConfigurationReader(ReaderOptions.plain(), new DiscoveryKinds(Map.of()))
        .read(
            YamlSource.mainFile("p.yml"),
            file.getBytes(StandardCharsets.UTF_8),
            new Overlay(global, List.of(jobs)))
        .configuration();
  }

  @Test
  void readsAForm() throws ConfigurationException {
    ScrapeConfig c =
        read(
                "global: {scrape_interval: 30s}",
                null,
                reader.scrapeJob(
                    Map.of(
                        "service.pid",
                        "io.narthex.scrape.job~node",
                        "scrape_timeout",
                        "5s",
                        "honor_labels",
                        "true",
                        "metrics_path",
                        "",
                        "sample_limit",
                        100L,
                        "targets",
                        new String[] {"a:1", "b:2"},
                        "labels",
                        List.of("zone=1", "x=a=b"),
                        "yaml",
                        "tls_config:\n  ca_file: ca.pem\nparams: {q: [x]}\n")))
            .scrapeConfig("node");
    assertThat(c.scrapeInterval()).isEqualTo(30_000);
    assertThat(c.scrapeTimeout()).isEqualTo(5000);
    assertThat(c.honorLabels()).isTrue();
    assertThat(c.metricsPath()).isEqualTo("/metrics");
    assertThat(c.sampleLimit()).isEqualTo(100);
    assertThat(c.http().tls().caFile()).isEqualTo("/etc/narthex/ca.pem");
    assertThat(c.params()).containsEntry("q", List.of("x"));
    assertThat(c.discovery()).hasSize(1);
    ConfigNode.Fields group = c.discovery().getFirst().node().list().getFirst().fields();
    assertThat(group.texts("targets")).containsExactly("a:1", "b:2");
    assertThat(group.find("labels").textMap()).containsEntry("zone", "1").containsEntry("x", "a=b");
  }

  @Test
  void takesTheNameOfTheFormOrOfTheYaml() throws ConfigurationException {
    assertThat(read("", null, reader.scrapeJob(Map.of("job_name", "x"))).scrapeConfig("x"))
        .isNotNull();
    assertThat(read("", null, reader.scrapeJob(Map.of("yaml", "job_name: y"))).scrapeConfig("y"))
        .isNotNull();
  }

  @Test
  void refusesWhatCannotBe() throws ConfigurationException {
    ConfigNode twice =
        reader.scrapeJob(Map.of("scrape_timeout", "5s", "yaml", "scrape_timeout: 6s"));
    assertThatThrownBy(() -> read("", null, twice))
        .hasMessageContaining("field scrape_timeout is set in the form and in its yaml");
    ConfigNode unknown = reader.scrapeJob(Map.of("scrape_time", "5s"));
    assertThatThrownBy(() -> read("", null, unknown))
        .hasMessageContaining(
            "parsing io.narthex.scrape.job~node: yaml: unmarshal errors:\n"
                + "  line 1: field scrape_time not found in type config.ScrapeConfig");
    ConfigNode unknownYaml = reader.scrapeJob(Map.of("yaml", "\nfoo: 1"));
    assertThatThrownBy(() -> read("", null, unknownYaml))
        .hasMessageContaining("parsing io.narthex.scrape.job~node (yaml):")
        .hasMessageContaining("line 2: field foo not found");
    assertThatThrownBy(
            () -> reader.scrapeJob(Map.of("targets", "a:1", "labels", new String[] {"x"})))
        .hasMessageContaining("labels: expected name=value, got x");
    assertThatThrownBy(() -> reader.scrapeJob(Map.of("labels", new String[] {"x=y"})))
        .hasMessageContaining("labels without targets");
  }

  @Test
  void putsGlobalSettingsOverThoseOfTheFile() throws ConfigurationException {
    Configuration c =
        read(
            "global: {scrape_interval: 30s, evaluation_interval: 7s, external_labels: {a: b}}",
            reader.global(
                Map.of("scrape_interval", "20s", "external_labels", new String[] {"c=$$d"})));
    assertThat(c.global().scrapeInterval()).isEqualTo(20_000);
    assertThat(c.global().evaluationInterval()).isEqualTo(7_000);
    assertThat(c.global().externalLabels()).isEqualTo(Labels.of("c", "$d"));
    ConfigNode bad = reader.global(Map.of("scrape_timeout", "40s"));
    assertThatThrownBy(() -> read("global: {scrape_interval: 30s}", bad))
        .hasMessageContaining("global scrape timeout greater than scrape interval");
  }
}
