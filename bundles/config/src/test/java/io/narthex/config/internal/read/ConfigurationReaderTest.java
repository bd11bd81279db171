package io.narthex.config.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.Configuration;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.DiscoverySection;
import io.narthex.api.config.NameEscaping;
import io.narthex.api.config.RemoteReadConfig;
import io.narthex.api.config.RemoteWriteConfig;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.config.ScrapeProtocol;
import io.narthex.api.config.StorageConfig;
import io.narthex.api.discovery.Discoverer;
import io.narthex.api.discovery.DiscoveryConfig;
import io.narthex.api.discovery.DiscoveryContext;
import io.narthex.api.discovery.DiscoveryProvider;
import io.narthex.config.internal.yaml.YamlSource;
import io.narthex.model.Labels;
import io.narthex.model.NameValidation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {

  private static Configuration read(String yaml) throws ConfigurationException {
    return read(yaml, ReaderOptions.plain(), Map.of());
  }

  private static Configuration read(
      String yaml, ReaderOptions options, Map<String, DiscoveryProvider> providers)
      throws ConfigurationException {
    return new ConfigurationReader(options, new DiscoveryKinds(providers))
        .read(
            YamlSource.mainFile("/etc/p/p.yml"),
            yaml.getBytes(StandardCharsets.UTF_8),
            Overlay.NONE)
        .configuration();
  }

  private static ScrapeConfig job(String yaml) throws ConfigurationException {
    return read("scrape_configs: [{job_name: j, " + yaml + "}]").scrapeConfig("j");
  }

  private static ReaderOptions with(String... features) {
    return new ReaderOptions(
        false, Set.of(features), new StorageConfig.Retention(5, 6, 0), name -> null);
  }

  @Test
  void fillsAnEmptyFileWithDefaults() throws ConfigurationException {
    for (String yaml : List.of("", "global:\nruntime:\n", "# nothing\n", "{}")) {
      Configuration c = read(yaml);
      assertThat(c.global().scrapeInterval()).isEqualTo(60_000);
      assertThat(c.global().scrapeTimeout()).isEqualTo(10_000);
      assertThat(c.global().evaluationInterval()).isEqualTo(60_000);
      assertThat(c.global().scrapeProtocols()).isEmpty();
      assertThat(c.global().metricNameValidation()).isEqualTo(NameValidation.UTF8);
      assertThat(c.global().metricNameEscaping()).isEqualTo(NameEscaping.ALLOW_UTF_8);
      assertThat(c.runtime().gogc()).isEqualTo(75);
      assertThat(c.tracing()).isNull();
      assertThat(c.storage().exemplars()).isNull();
      assertThat(c.otlp().labelNameUnderscoreSanitization()).isTrue();
    }
  }

  @Test
  void fillsAJobWithDefaults() throws ConfigurationException {
    ScrapeConfig c = job("");
    assertThat(c.honorTimestamps()).isTrue();
    assertThat(c.honorLabels()).isFalse();
    assertThat(c.metricsPath()).isEqualTo("/metrics");
    assertThat(c.scheme()).isEqualTo("http");
    assertThat(c.enableCompression()).isTrue();
    assertThat(c.scrapeProtocols()).isEqualTo(ScrapeProtocols.DEFAULT);
    assertThat(c.http().followRedirects()).isTrue();
    assertThat(c.http().enableHttp2()).isTrue();
    assertThat(c.nativeHistogramMinBucketFactor()).isZero();
    assertThat(job("scrape_native_histograms: true").scrapeProtocols().getFirst())
        .isEqualTo(ScrapeProtocol.PROMETHEUS_PROTO);
  }

  @Test
  void fillsRemoteEndpointsWithDefaults() throws ConfigurationException {
    Configuration c = read("remote_write: [{url: 'http://a'}]\nremote_read: [{url: 'http://b'}]");
    RemoteWriteConfig w = c.remoteWrite().getFirst();
    assertThat(w.remoteTimeout()).isEqualTo(30_000);
    assertThat(w.queue()).isEqualTo(RemoteWriteConfig.Queue.DEFAULT);
    assertThat(w.metadata()).isEqualTo(RemoteWriteConfig.Metadata.DEFAULT);
    assertThat(w.http().enableHttp2()).isFalse();
    RemoteReadConfig r = c.remoteRead().getFirst();
    assertThat(r.remoteTimeout()).isEqualTo(60_000);
    assertThat(r.chunkedReadLimit()).isEqualTo(50_000_000);
    assertThat(r.filterExternalLabels()).isTrue();
    assertThat(r.http().enableHttp2()).isTrue();
  }

  @Test
  void inheritsFromTheGlobalSection() throws ConfigurationException {
    ScrapeConfig c =
        read("""
        global:
          scrape_interval: 5s
          scrape_timeout: 4s
          sample_limit: 9
          body_size_limit: 1KB
          always_scrape_classic_histograms: true
          scrape_failure_log_file: fail.log
        scrape_configs:
          - {job_name: a}
          - {job_name: b, scrape_interval: 2s, sample_limit: 1, scrape_failure_log_file: x,
             always_scrape_classic_histograms: false}
        """)
            .scrapeConfig("a");
    assertThat(c.scrapeInterval()).isEqualTo(5000);
    assertThat(c.scrapeTimeout()).isEqualTo(4000);
    assertThat(c.sampleLimit()).isEqualTo(9);
    assertThat(c.bodySizeLimit()).isEqualTo(1024);
    assertThat(c.alwaysScrapeClassicHistograms()).isTrue();
    assertThat(c.scrapeFailureLogFile()).isEqualTo("/etc/p/fail.log");
  }

  @ParameterizedTest
  @CsvSource({
    "utf8, '', '', '', ALLOW_UTF_8",
    "legacy, '', '', '', UNDERSCORES",
    "utf8, dots, '', '', DOTS",
    "utf8, dots, legacy, '', UNDERSCORES",
    "legacy, values, utf8, '', ALLOW_UTF_8",
    "legacy, '', '', values, VALUES"
  })
  void derivesTheEscaping(
      String globalValidation,
      String globalEscaping,
      String validation,
      String escaping,
      NameEscaping expected)
      throws ConfigurationException {
    String yaml =
        "global: {metric_name_validation_scheme: '%s', metric_name_escaping_scheme: '%s'}\n"
            + "scrape_configs: [{job_name: j, metric_name_validation_scheme: '%s',"
            + " metric_name_escaping_scheme: '%s'}]";
    ScrapeConfig c =
        read(String.format(
                java.util.Locale.ROOT,
                yaml,
                globalValidation,
                globalEscaping,
                validation,
                escaping))
            .scrapeConfig("j");
    assertThat(c.metricNameEscaping()).isEqualTo(expected);
  }

  @Test
  void expandsExternalLabelsOnly() throws ConfigurationException {
    Function<String, String> variables =
        name -> Map.of("A", "1", "B_2", "two", "EMPTY", "").get(name);
    ReaderOptions options =
        new ReaderOptions(false, Set.of(), StorageConfig.Retention.NONE, variables);
    Configuration c =
        read(
            "global: {external_labels: {a: '$A', b: 'x${B_2}y', c: '$$A', d: '$NONE-$EMPTY',"
                + " e: '100$', f: '${', g: '${}z', h: '$é'}, query_log_file: $A}",
            options,
            Map.of());
    assertThat(c.global().externalLabels())
        .isEqualTo(
            Labels.of(
                "a", "1", "b", "xtwoy", "c", "$A", "d", "-", "e", "100$", "f", "", "g", "z", "h",
                "$é"));
    assertThat(c.global().queryLogFile()).isEqualTo("/etc/p/$A");
  }

  @Test
  void heedsFeaturesAndFlags() throws ConfigurationException {
    assertThat(read("", with(), Map.of()).storage().tsdb().retention())
        .isEqualTo(new StorageConfig.Retention(5, 6, 0));
    assertThat(
            read("storage: {tsdb: {retention: {size: 1KB}}}", with(), Map.of())
                .storage()
                .tsdb()
                .retention())
        .isEqualTo(new StorageConfig.Retention(0, 1024, 0));
    assertThat(read("", with("exemplar-storage"), Map.of()).storage().exemplars().maxExemplars())
        .isEqualTo(100_000);
    assertThat(read("", with("extra-scrape-metrics"), Map.of()).global().extraScrapeMetrics())
        .isTrue();
    assertThat(read("", with("st-storage"), Map.of()).global().scrapeProtocols().getFirst())
        .isEqualTo(ScrapeProtocol.PROMETHEUS_PROTO);
  }

  private record Section(String text) implements DiscoveryConfig {}

  /** Reads {@code {key: text}}, refuses other keys, and fails for {@code crash}. */
  private static final class FakeProvider implements DiscoveryProvider {
    @Override
    public String kind() {
      return "fake";
    }

    @Override
    public DiscoveryConfig parse(ConfigNode section) throws ConfigurationException {
      ConfigNode.Fields f = section.fields("fake.plain");
      Section read = new Section(f.text("key", ""));
      f.end();
      if (read.text().equals("crash")) {
        throw new IllegalStateException("crashed");
      }
      return read;
    }

    @Override
    public Discoverer create(DiscoveryConfig config, DiscoveryContext context) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void keepsSectionsThatWaitForTheirProvider() throws ConfigurationException {
    ScrapeConfig c =
        job(
            "fake_sd_configs: [{key: a, other: 1}], static_configs: [{targets: [x]}],"
                + " kubernetes_sd_configs: [{role: pod}]");
    assertThat(c.discovery().stream().map(DiscoverySection::kind))
        .containsExactly("fake", "kubernetes", "static");
    assertThat(c.discovery().getFirst().node().line()).isEqualTo(1);
    assertThatThrownBy(() -> job("fake_sd_configs: [null]"))
        .hasMessageContaining("empty or null section in fake_sd_configs");
    assertThatThrownBy(() -> job("kubernets_sd_configs: [{role: pod}]"))
        .hasMessageContaining("field kubernets_sd_configs not found in type");
  }

  @Test
  void asksInstalledProvidersAtLoad() throws ConfigurationException {
    Map<String, DiscoveryProvider> providers = Map.of("fake", new FakeProvider());
    String yaml = "scrape_configs: [{job_name: j, fake_sd_configs: [{%s}]}]";
    assertThat(read(yaml.replace("%s", "key: x"), with(), providers).scrapeConfigs()).hasSize(1);
    assertThatThrownBy(() -> read(yaml.replace("%s", "foo: 1"), with(), providers))
        .hasMessageContaining("field foo not found in type fake.plain");
    assertThatThrownBy(() -> read(yaml.replace("%s", "key: crash"), with(), providers))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the provider fake failed: java.lang.IllegalStateException: crashed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "static_configs: [{targets: ['http://a']}]",
        "static_configs: [{targets: [a], labels: {'': b}}]",
        "static_configs: [{targets: [a], label: {}}]",
        "relabel_configs: [{action: replace}]",
        "relabel_configs: [{action: nothing}]",
        "relabel_configs: [{action: labelmap, replacement: ''}]",
        "relabel_configs: [{regex: '('}]",
        "metric_relabel_configs: [null]",
        "fallback_scrape_protocol: Text",
        "scrape_protocols: []",
        "scrape_timeout: 2h",
        "sample_limit: -1",
        "body_size_limit: 10",
        "tls_config: {cert_file: a}",
        "tls_config: {min_version: TLS9}",
        "basic_auth: {username: a, username_file: b}",
        "authorization: {type: Basic}",
        "oauth2: {client_id: a}",
        "proxy_from_environment: true, no_proxy: a",
        "params: [a]",
        "unknown: 1"
      })
  void refusesABadJobNamingFileAndLine(String yaml) {
    assertThatThrownBy(
            () -> read("scrape_configs:\n  - job_name: j\n  - {job_name: k, " + yaml + "}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("parsing YAML file /etc/p/p.yml: ")
        .hasMessageContaining("line 3");
  }

  @Test
  void allowsAnyStaticAddressBeforeRelabelling() throws ConfigurationException {
    assertThat(
            job("static_configs: [{targets: ['http://a']}], relabel_configs: [{target_label: x}]")
                .discovery())
        .hasSize(1);
  }

  @Test
  void refusesInAgentModeWhatAgentsDoNotHave() {
    ReaderOptions agent =
        new ReaderOptions(true, Set.of(), StorageConfig.Retention.NONE, name -> null);
    assertThatThrownBy(() -> read("rule_files: [a]", agent, Map.of()))
        .hasMessage("field rule_files is not allowed in agent mode");
  }

  @Test
  void resolvesIncludesAnewEachTime(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("p.yml");
    Files.writeString(
        file,
        "rule_files: [r/*.yml, none.yml]\nscrape_config_files: ['s/*.yml']\n"
            + "scrape_configs: [{job_name: main}]\n");
    Files.createDirectories(folder.resolve("r"));
    Files.createDirectories(folder.resolve("s"));
    Files.writeString(folder.resolve("r/b.yml"), "");
    Files.writeString(folder.resolve("r/a.yml"), "");
    Files.writeString(
        folder.resolve("s/1.yml"), "scrape_configs: [{job_name: one, tls_config: {ca_file: c}}]");
    Loaded first = load(file);
    assertThat(first.configuration().ruleFilePaths())
        .containsExactly(folder + "/r/a.yml", folder + "/r/b.yml");
    assertThat(first.configuration().scrapeConfig("one").http().tls().caFile())
        .isEqualTo(folder + "/s/c");
    assertThat(first.includedJobs()).containsExactly("one");

    Files.writeString(folder.resolve("s/2.yml"), "scrape_configs: [{job_name: two}]");
    assertThat(load(file).configuration().scrapeConfigs().stream().map(ScrapeConfig::jobName))
        .containsExactly("main", "one", "two");
    Files.writeString(folder.resolve("s/3.yml"), "scrape_configs: [{job_name: one}]");
    assertThatThrownBy(() -> load(file))
        .hasMessageStartingWith("\"" + folder + "/s/3.yml\": found multiple scrape configs")
        .hasMessageContaining("first found in \"" + folder + "/s/1.yml\"");
    Files.writeString(folder.resolve("s/3.yml"), "global: {}");
    assertThatThrownBy(() -> load(file)).hasMessageContaining("field global not found in type");
  }

  private static Loaded load(Path file) throws ConfigurationException {
    return new ConfigurationReader(ReaderOptions.plain(), new DiscoveryKinds(Map.of()))
        .read(file.toString(), Overlay.NONE);
  }

  @Test
  void namesAFileThatCannotBeRead(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> load(folder.resolve("none.yml")))
        .hasMessage("open " + folder + "/none.yml: no such file or directory");
    assertThatThrownBy(() -> load(folder)).hasMessage("read " + folder + ": is a directory");
    Path huge = folder.resolve("huge.yml");
    try (java.io.RandomAccessFile f = new java.io.RandomAccessFile(huge.toFile(), "rw")) {
      f.setLength(40L * 1024 * 1024 * 1024);
    }
    assertThatThrownBy(() -> load(huge)).hasMessageContaining("huge.yml: line 1: the file has");
  }

  @ParameterizedTest
  @CsvSource({
    "'*.yml', a.yml, true",
    "'*.yml', a.yaml, false",
    "'a*b*c', axxbyyc, true",
    "'a*b*c', axxbyy, false",
    "'?.yml', ab.yml, false",
    "'[a-c]x', bx, true",
    "'[^a-c]x', bx, false",
    "'[^a-c]x', dx, true",
    "'\\*', '*', true",
    "'*', '', true"
  })
  void matchesGlobs(String pattern, String name, boolean matches) {
    assertThat(Globs.matches(pattern, name)).isEqualTo(matches);
  }
}
