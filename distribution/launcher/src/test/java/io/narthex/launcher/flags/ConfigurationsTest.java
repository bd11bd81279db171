package io.narthex.launcher.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationsTest {
  private static Map<String, Map<String, Object>> of(String... args) throws CommandLineException {
    return Configurations.of(new FlagParser(FlagCatalogue.all()).parse(args));
  }

  @Test
  void valuesAreTyped() throws Exception {
    Map<String, Object> web = of("--web.listen-address=:1").get("io.narthex.web");
    assertThat(web)
        .containsEntry("web.read-timeout", 300_000L)
        .containsEntry("web.max-connections", 512L)
        .containsEntry("web.enable-lifecycle", false)
        .containsEntry("web.listen-address", new String[] {":1"})
        .containsEntry("mode", "server");
    assertThat(of("--storage.tsdb.wal-segment-size=16MB").get("io.narthex.storage.tsdb"))
        .containsEntry("storage.tsdb.wal-segment-size", 16L << 20);
  }

  @Test
  void eachModeHasItsStorage() throws Exception {
    assertThat(of())
        .containsKey("io.narthex.storage.tsdb")
        .doesNotContainKey("io.narthex.storage.agent");
    assertThat(of("--agent"))
        .containsKey("io.narthex.storage.agent")
        .doesNotContainKeys("io.narthex.storage.tsdb", "io.narthex.query", "io.narthex.rules");
  }

  @Test
  void theReceiverHasAnEntryWhileItIsSwitchedOn() throws Exception {
    String pid = "io.narthex.storage.remote.receiver";
    String messages = "web.remote-write-receiver.accepted-protobuf-messages";
    assertThat(of()).doesNotContainKey(pid);
    assertThat(Configurations.pids()).contains(pid);
    assertThat(of("--web.enable-remote-write-receiver", "--agent").get(pid))
        .containsEntry(
            messages, new String[] {"prometheus.WriteRequest", "io.prometheus.write.v2.Request"});
    assertThat(
            of("--web.enable-remote-write-receiver", "--" + messages + "=prometheus.WriteRequest")
                .get(pid))
        .containsEntry(messages, new String[] {"prometheus.WriteRequest"});
  }

  /** Texts as the reference's /api/v1/status/flags shows them. */
  @Test
  void theFlagsEntryShowsEveryFlagAsText() throws Exception {
    Map<String, Object> shown = of("--storage.tsdb.retention.size=512MB").get("io.narthex.flags");
    assertThat(shown)
        .hasSize(FlagCatalogue.all().size())
        .containsEntry("config.auto-reload-interval", "30s")
        .containsEntry("web.read-timeout", "5m")
        .containsEntry("web.route-prefix", "/")
        .containsEntry("scrape.timestamp-tolerance", "2ms")
        .containsEntry("storage.tsdb.retention.size", "512MiB")
        .containsEntry("storage.tsdb.wal-segment-size", "0B")
        .containsEntry("auto-gomemlimit.ratio", "0.9")
        .containsEntry("storage.remote.read-sample-limit", "50000000")
        .containsEntry("enable-feature", "")
        .containsEntry(
            "web.remote-write-receiver.accepted-protobuf-messages",
            "prometheus.WriteRequest,io.prometheus.write.v2.Request");
  }

  @Test
  void theRoutePrefixIsThePathOfTheExternalUrl() throws Exception {
    assertThat(of("--web.external-url=http://h/a/b/").get("io.narthex.flags"))
        .containsEntry("web.route-prefix", "/a/b");
    assertThat(of("--web.external-url=http://h/a", "--web.route-prefix=c/").get("io.narthex.flags"))
        .containsEntry("web.route-prefix", "/c");
  }
}
