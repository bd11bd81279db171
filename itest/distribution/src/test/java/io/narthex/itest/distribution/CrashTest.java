package io.narthex.itest.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server has shown to be stored is there after the process was killed under load. */
class CrashTest {
  private static final int KILLS = Integer.getInteger("narthex.crash.kills", 10);

  @TempDir Path folder;

  @Test
  void samplesThatWereVisibleSurviveEveryKill() throws Exception {
    try (SyntheticTarget first = new SyntheticTarget();
        SyntheticTarget second = new SyntheticTarget()) {
      Path config = folder.resolve("prometheus.yml");
      Files.writeString(config, config(first.address(), second.address()));
      Map<String, Set<String>> stored = new HashMap<>();
      for (int round = 0; round < KILLS; round++) {
        try (Server server = start(config)) {
          try (Api api = new Api("http://" + server.address("Listening on"))) {
            api.awaitReady();
            contains(samples(api), stored, round);
            // New samples of this run, so that each kill hits a log that is being written.
            api.awaitAtLeast("count(changes(timestamp(depth)[3s:100ms]) > 0)", 1);
            merge(stored, samples(api));
          }
          server.kill();
        }
      }
      try (Server server = start(config);
          Api api = new Api("http://" + server.address("Listening on"))) {
        api.awaitReady();
        contains(samples(api), stored, KILLS);
        server.terminate();
        assertThat(server.exitCode()).isZero();
      }
      assertThat(stored.values().stream().mapToInt(Set::size).sum()).isGreaterThan(KILLS * 100);
    }
  }

  private static String config(String first, String second) {
    return """
    global: {scrape_interval: 200ms, scrape_timeout: 200ms}
    scrape_configs:
      - job_name: synthetic
        static_configs: [{targets: ['%s', '%s']}]
      - job_name: now
        honor_timestamps: false
        static_configs: [{targets: ['%1$s', '%2$s']}]
    """
        .formatted(first, second);
  }

  private Server start(Path config) throws Exception {
    return Server.start(
        folder,
        "--config.file=" + config,
        "--storage.tsdb.path=" + folder.resolve("data"),
        "--web.listen-address=127.0.0.1:0");
  }

  /** All samples of the last hours, as "time value" by series. */
  private static Map<String, Set<String>> samples(Api api) throws Exception {
    Map<String, Set<String>> out = new HashMap<>();
    for (Object series : api.query("{job=~\"synthetic|now\"}[6h]", -1)) {
      Map<?, ?> map = (Map<?, ?>) series;
      Set<String> samples = new HashSet<>();
      for (Object point : (List<?>) map.get("values")) {
        samples.add(((List<?>) point).get(0) + " " + ((List<?>) point).get(1));
      }
      out.put(String.valueOf(map.get("metric")), samples);
    }
    return out;
  }

  private static void contains(
      Map<String, Set<String>> actual, Map<String, Set<String>> wanted, int round) {
    wanted.forEach((series, samples) ->
        assertThat(actual.getOrDefault(series, Set.of()))
            .as("after kill %s: %s", round, series)
            .containsAll(samples));
  }

  private static void merge(Map<String, Set<String>> into, Map<String, Set<String>> more) {
    more.forEach(
        (series, samples) -> into.computeIfAbsent(series, s -> new HashSet<>()).addAll(samples));
  }
}
