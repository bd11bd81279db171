package io.narthex.discovery.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.discovery.DiscoveryProvider;
import io.narthex.api.discovery.TargetGroup;
import io.narthex.config.internal.yaml.YamlConfigNodes;
import io.narthex.discovery.groups.internal.GroupDocument;
import io.narthex.discovery.tck.DiscoveryProviderContract;
import io.narthex.discovery.tck.FakeContext;
import io.narthex.discovery.tck.RunningDiscoverer;
import io.narthex.model.Labels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDiscoveryTest extends DiscoveryProviderContract {
  @TempDir Path dir;
  final FakeContext context = new FakeContext(null);

  @BeforeEach
  void write() throws IOException {
    put("one.yml", "- targets: ['a:1', b]\n  labels: {x: y}\n- targets: [c]\n");
  }

  void put(String name, String content) throws IOException {
    Path next = dir.resolve(name + ".next");
    Files.writeString(next, content);
    Files.move(next, dir.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  protected DiscoveryProvider provider() {
    return new FileProvider();
  }

  @Override
  protected ConfigNode node(String yaml) throws ConfigurationException {
    return YamlConfigNodes.parse("test", dir, yaml);
  }

  @Override
  protected String goodSection() {
    return "files: ['*.yml', '" + dir + "/*.json']\nrefresh_interval: 1h\n";
  }

  @Override
  protected String otherSection() {
    return "files: ['one.yml']\n";
  }

  @Override
  protected List<String> badSections() {
    return List.of(
        "files: []",
        "{}",
        "files: [a.txt]",
        "files: ['a/*/b.yml']",
        "files: [a.yml]\nunknown: 1",
        "files: [a.yml]\nrefresh_interval: 1x");
  }

  @Override
  protected FakeContext context() {
    return context;
  }

  private RunningDiscoverer run() throws ConfigurationException {
    return RunningDiscoverer.start(provider(), provider().parse(node(goodSection())), context);
  }

  @Test
  void groupsCarryTheirFileAndPlace() throws Exception {
    try (RunningDiscoverer run = run()) {
      String path = dir.resolve("one.yml").toString();
      assertThat(run.next())
          .containsExactly(
              new TargetGroup(
                  path + ":0",
                  List.of(Labels.of("__address__", "a:1"), Labels.of("__address__", "b")),
                  Labels.of("__meta_filepath", path, "x", "y")),
              new TargetGroup(
                  path + ":1",
                  List.of(Labels.of("__address__", "c")),
                  Labels.of("__meta_filepath", path)));
      assertThat(context.metrics().value("prometheus_sd_file_mtime_seconds", path)).isPositive();
    }
    assertThat(
            context
                .metrics()
                .value("prometheus_sd_file_mtime_seconds", dir.resolve("one.yml").toString()))
        .isNaN();
  }

  @Test
  void filesThatComeChangeBreakAndGoAreFollowed() throws Exception {
    String two = dir.resolve("two.json").toString();
    try (RunningDiscoverer run = run()) {
      run.await(g -> g.size() == 2);
      put(
          "two.json",
          "[{\"targets\": [\"d\"]}, {\"targets\": [\"e\"], \"labels\": {\"k\": \"v\"}}]");
      run.await(g -> g.size() == 4);
      put("two.json", "[{\"targets\": [\"d\"]}]");
      run.await(g -> g.size() == 3);
      put("two.json", "[{\"targets\": [\"d\"]}, null]");
      // The broken file keeps its group; the update says so by not removing it.
      while (!(context.metrics().value("prometheus_sd_file_read_errors_total") > 0)) {
        run.next();
      }
      put("one.yml", "- targets: [z]\n");
      List<TargetGroup> left = run.await(g -> g.size() == 2);
      assertThat(left).extracting(TargetGroup::source).contains(two + ":0");
      Files.delete(dir.resolve("two.json"));
      run.await(g -> g.size() == 1);
      assertThat(context.metrics().value("prometheus_sd_file_mtime_seconds", two)).isNaN();
    }
  }

  @Test
  void hostileFilesAreRefusedWithTheirPlace() throws Exception {
    assertBad("x.yml", "- targets: [a]\n  other: 1\n", "unknown field \"other\"");
    assertBad("x.yml", "- targets: [a]\n  targets: [b]\n", "duplicate key targets");
    assertBad("x.yml", "- targets: a\n", "targets is no list");
    assertBad("x.yml", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "yaml:");
    assertBad("x.yml", "\u0000\u0001", "yaml:");
    assertBad("x.json", "[{\"targets\": [1]}]", "target 1 is no string");
    assertBad("x.json", "[{\"targets\": [], \"other\": 1}]", "unknown field \"other\"");
    assertBad("x.json", "[] []", "unexpected data after top-level value");
    assertBad("x.json", "[{", "Unexpected end-of-input");
    assertBad("x.json", "", "unexpected end of JSON input");
    assertBad("x.json", "[".repeat(5000), "depth");
  }

  private static GroupFile.Content read(String path) throws IOException {
    return GroupFile.read(Path.of(path), new GroupDocument(path, "__meta_filepath"));
  }

  private void assertBad(String name, String content, String message) throws IOException {
    Files.write(dir.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    String path = dir.resolve(name).toString();
    assertThatThrownBy(() -> read(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
    Files.delete(dir.resolve(name));
  }

  @Test
  void numbersAreTextInYaml() throws IOException {
    put("n.yml", "- targets: [9090]\n  labels: {port: 1, no: yes}\n");
    String path = dir.resolve("n.yml").toString();
    assertThat(read(path).groups())
        .containsExactly(
            new TargetGroup(
                path + ":0",
                List.of(Labels.of("__address__", "9090")),
                Labels.of("__meta_filepath", path, "port", "1", "no", "yes")));
  }

  @Test
  void conformanceFilesAreReadAsTheirNamesSay() throws Exception {
    Path folder = conformance();
    Assumptions.assumeTrue(Files.isDirectory(folder), "no conformance data at " + folder);
    List<Path> files;
    try (var all = Files.list(folder)) {
      files = all.sorted().toList();
    }
    assertThat(files).isNotEmpty();
    for (Path f : files) {
      if (f.getFileName().toString().startsWith("valid")) {
        assertThat(read(f.toString()).groups()).as(f.toString()).isNotEmpty();
      } else {
        assertThatThrownBy(() -> read(f.toString()))
            .as(f.toString())
            .hasMessageContaining("nil target group item found");
      }
    }
    assertThat(read(folder.resolve("valid.json").toString()).groups())
        .extracting(TargetGroup::targets)
        .containsExactly(
            List.of(
                Labels.of("__address__", "localhost:9090"),
                Labels.of("__address__", "example.org:443")),
            List.of(Labels.of("__address__", "my.domain")));
  }

  private static Path conformance() {
    String set = System.getProperty("NARTHEX_CONFORMANCE", System.getenv("NARTHEX_CONFORMANCE"));
    return (set != null
            ? Path.of(set)
            : Path.of("").toAbsolutePath().resolve("../../../../shared/conformance").normalize())
        .resolve("discovery/file");
  }
}
