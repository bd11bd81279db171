package io.narthex.scrape.internal.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.model.Labels;
import io.narthex.model.relabel.RelabelAction;
import io.narthex.scrape.internal.Configs;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

  private final Configs job = new Configs();

  private Labels discovered(Labels target, Labels group) {
    return TargetLabels.discovered(job.build(), target, group);
  }

  private Labels relabelled(String... target) throws TargetException {
    return TargetLabels.relabelled(job.build(), discovered(Labels.of(target), Labels.EMPTY));
  }

  private Target target(String... labels) throws TargetException {
    Labels found = discovered(Labels.of(labels), Labels.EMPTY);
    return Target.of(job.build(), found, TargetLabels.relabelled(job.build(), found));
  }

  @Test
  void fillsInWhatDiscoveryDoesNotSay() {
    job.params = Map.of("module", List.of("a", "b"), "none", List.of());
    assertThat(
            discovered(
                Labels.of("__address__", "h:1", "x", "target"),
                Labels.of("x", "group", "y", "group", "job", "mine")))
        .isEqualTo(
            Labels.of(
                "__address__", "h:1",
                "__always_scrape_classic_histograms__", "false",
                "__convert_classic_histograms_to_nhcb__", "false",
                "__metrics_path__", "/metrics",
                "__param_module", "a",
                "__scheme__", "http",
                "__scrape_interval__", "10s",
                "__scrape_native_histograms__", "false",
                "__scrape_timeout__", "10s",
                "job", "mine",
                "x", "target",
                "y", "group"));
  }

  @Test
  void setsInstanceAndRemovesMeta() throws Exception {
    Labels l = relabelled("__address__", "h:1", "__meta_x", "1", "__tmp", "2");
    assertThat(l.get("instance")).isEqualTo("h:1");
    assertThat(l.has("__meta_x")).isFalse();
    assertThat(l.get("__tmp")).isEqualTo("2");
    assertThat(relabelled("__address__", "h", "instance", "i").get("instance")).isEqualTo("i");
    assertThat(target("__address__", "h:1", "__tmp", "2").labels())
        .isEqualTo(Labels.of("instance", "h:1", "job", "job"));
  }

  @Test
  void dropsByRelabelling() throws Exception {
    job.relabel = List.of(Configs.rule(RelabelAction.KEEP, "x", "1", "", "$1"));
    assertThat(relabelled("__address__", "h", "x", "2")).isNull();
    assertThat(relabelled("__address__", "h", "x", "1")).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "__address__, '', 'no address'",
        "__address__, 'http://h/', '\"http://h/\" is not a valid hostname'",
        "__scrape_interval__, x, 'error parsing scrape interval: not a valid duration string: \"x\"'",
        "__scrape_interval__, 0s, 'scrape interval cannot be 0'",
        "__scrape_timeout__, 0s, 'scrape timeout cannot be 0'",
        "__scrape_timeout__, 11s,"
            + " 'scrape timeout cannot be greater than scrape interval (\"11s\" > \"10s\")'",
        "__always_scrape_classic_histograms__, yes, 'error parsing always scrape classic"
            + " histograms: strconv.ParseBool: parsing \"yes\": invalid syntax'",
      })
  void refusesWhatIsNoTarget(String name, String value, String message) {
    Labels labels =
        name.equals("__address__")
            ? Labels.of(name, value)
            : Labels.of("__address__", "h", name, value);
    assertThatThrownBy(() -> TargetLabels.relabelled(job.build(), discovered(labels, Labels.EMPTY)))
        .isInstanceOf(TargetException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "h:1, http, /metrics, http://h:1/metrics",
    "h, https, metrics, https://h/metrics",
    "'[::1]:9', http, '/a b/%2F?ü', 'http://[::1]:9/a%20b/%252F%3F%C3%BC'",
    "my_host:1, http, /, http://my_host:1/"
  })
  void makesUrls(String address, String scheme, String path, String url) throws Exception {
    assertThat(target("__address__", address, "__scheme__", scheme, "__metrics_path__", path).url())
        .isEqualTo(url);
  }

  @Test
  void putsParametersIntoTheUrlSorted() throws Exception {
    job.params = Map.of("b", List.of("1 2", "&"), "a", List.of("x"));
    assertThat(target("__address__", "h", "__param_b", "z", "__param_c", "ü").url())
        .isEqualTo("http://h/metrics?a=x&b=z&b=%26&c=%C3%BC");
  }

  @Test
  void hashesLabelsAndUrl() throws Exception {
    assertThat(target("__address__", "h").hash()).isEqualTo(target("__address__", "h").hash());
    assertThat(target("__address__", "h").hash()).isNotEqualTo(target("__address__", "i").hash());
    assertThat(target("__address__", "h", "__tmp", "1").hash())
        .isNotEqualTo(target("__address__", "h").hash());
    assertThat(target("__address__", "h", "__meta_x", "1").hash())
        .isEqualTo(target("__address__", "h").hash());
  }

  @ParameterizedTest
  @CsvSource({"'', cbf29ce484222325", "a, af63dc4c8601ec8c", "foobar, 85944171f73967e8"})
  void computesFnv(String text, String hash) {
    assertThat(Long.toHexString(Fnv64.hash(text))).isEqualTo(hash);
  }

  @Test
  void keepsTheSamePhaseAtEveryStart() {
    Random random = new Random(2);
    long interval = 15_000_000_000L;
    for (int i = 0; i < 1_000; i++) {
      long hash = random.nextLong();
      long seed = random.nextLong();
      long now = 1_700_000_000_000_000_000L + random.nextLong(interval * 100);
      long delay = ScrapePhase.firstDelay(hash, seed, interval, now);
      assertThat(delay).isBetween(1L, interval);
      assertThat((now + delay) % interval).isEqualTo(Long.remainderUnsigned(hash ^ seed, interval));
    }
  }

  @Test
  void spreadsTargetsOverTheInterval() throws Exception {
    int[] buckets = new int[10];
    for (int i = 0; i < 10_000; i++) {
      long hash = target("__address__", "host-" + i + ":9100").hash();
      buckets[(int) (ScrapePhase.firstDelay(hash, 7, 1_000, 0) * 10 / 1_001)]++;
    }
    for (int n : buckets) {
      assertThat(n).isBetween(850, 1_150);
    }
  }
}
