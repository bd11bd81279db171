package io.narthex.config.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.Configuration;
import io.narthex.config.internal.read.ConfigurationReader;
import io.narthex.config.internal.read.DiscoveryKinds;
import io.narthex.config.internal.read.Overlay;
import io.narthex.config.internal.read.ReaderOptions;
import io.narthex.config.internal.yaml.YamlSource;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WithoutEffectTest {

  private static Configuration read(String yaml) throws Exception {
    return new ConfigurationReader(ReaderOptions.plain(), new DiscoveryKinds(Map.of()))
        .read(
            YamlSource.mainFile("/etc/p/p.yml"),
            yaml.getBytes(StandardCharsets.UTF_8),
            Overlay.NONE)
        .configuration();
  }

  @Test
  void whatIsScrapedOnlyHasEffect() throws Exception {
    assertThat(WithoutEffect.of(read("scrape_configs: [{job_name: a}]"))).isEmpty();
  }

  @Test
  void sectionsWithoutAModuleAreNamed() throws Exception {
    String yaml =
        """
        rule_files: [rules/*.yml]
        alerting: {alertmanagers: [{static_configs: [{targets: [a]}]}]}
        remote_write: [{url: 'http://a/b'}]
        remote_read: [{url: 'http://a/b'}]
        tracing: {endpoint: a}
        storage: {tsdb: {stale_series_compaction_threshold: 0.5, out_of_order_time_window: 1h}}
        otlp: {promote_all_resource_attributes: true}
        """;
    assertThat(WithoutEffect.of(read(yaml)))
        .containsExactly(
            "alerting",
            "rule_files",
            "storage.tsdb.stale_series_compaction_threshold",
            "tracing",
            "remote_write",
            "remote_read",
            "otlp");
  }
}
