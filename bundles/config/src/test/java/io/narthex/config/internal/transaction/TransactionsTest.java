package io.narthex.config.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.Configuration;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.ConfigurationTransactions.Transaction;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.config.internal.read.ConfigurationReader;
import io.narthex.config.internal.read.DiscoveryKinds;
import io.narthex.config.internal.read.ReaderOptions;
import io.narthex.config.internal.transaction.FakeModule.Failure;
import io.narthex.config.internal.yaml.YamlConfigNodes;
import io.narthex.config.internal.yaml.YamlSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionsTest {

  private static final String FIRST = "scrape_configs: [{job_name: a}]\n";
  private static final String SECOND = "scrape_configs: [{job_name: a}, {job_name: b}]\n";
  private static final String BAD = "scrape_configs: [{job_name: a}, {job_name: a}]\n";

  private final VirtualTime time = new VirtualTime();
  private final List<String> calls = new ArrayList<>();
  private String file = FIRST;
  private int reads;

  private final Transactions transactions =
      new Transactions(
          "prometheus.yml",
          overlay -> {
            reads++;
            return new ConfigurationReader(ReaderOptions.plain(), new DiscoveryKinds(Map.of()))
                .read(
                    YamlSource.mainFile("prometheus.yml"),
                    file.getBytes(StandardCharsets.UTF_8),
                    overlay);
          },
          time,
          time,
          time);

  private List<String> jobs() {
    return jobs(transactions.current());
  }

  private static List<String> jobs(Configuration c) {
    return c.scrapeConfigs().stream().map(ScrapeConfig::jobName).toList();
  }

  private FakeModule module(String name, int order) {
    FakeModule m = new FakeModule(name, calls);
    transactions.moduleArrived(m, order);
    return m;
  }

  private void entry(String pid, String yaml) {
    transactions.entryChanged(
        pid, yaml == null ? null : () -> YamlConfigNodes.parse(pid, Path.of(""), yaml));
  }

  private Transaction last() {
    return transactions.history().getFirst();
  }

  @Test
  void preparesAllInOrderThenCommitsAll() throws ConfigurationException {
    module("web", 30);
    module("storage", 10);
    module("scrape", 20);
    transactions.loadInitially();
    assertThat(calls)
        .containsExactly(
            "storage prepare",
            "scrape prepare",
            "web prepare",
            "storage commit",
            "scrape commit",
            "web commit");
    assertThat(last().committed()).isTrue();
    assertThat(last().trigger()).isEqualTo("start");
    time.advance(1000);
    assertThat(calls).hasSize(6);
  }

  static Stream<Arguments> faults() {
    List<Arguments> faults = new ArrayList<>();
    for (int at = 0; at < 5; at++) {
      for (Failure f : List.of(Failure.REFUSE, Failure.CRASH_IN_PREPARE, Failure.CRASH_IN_COMMIT)) {
        faults.add(Arguments.of(at, f, false));
        faults.add(Arguments.of(at, f, true));
      }
    }
    return faults.stream();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void leavesEverythingAsItWasWhereverItFails(int at, Failure failure, boolean undoingCrashes)
      throws ConfigurationException {
    List<FakeModule> modules = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      modules.add(module("m" + i, i));
    }
    transactions.loadInitially();
    Configuration before = transactions.current();
    String yaml = transactions.effectiveYaml();
    calls.clear();
    modules.get(at).fail(failure);
    if (undoingCrashes) {
      modules.forEach(FakeModule::crashWhenUndone);
    }
    file = SECOND;
    time.advance(60_000);
    assertThatThrownBy(() -> transactions.reload("SIGHUP"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "one or more errors occurred while applying the new configuration"
                + " (--config.file=\"prometheus.yml\"): m"
                + at);
    assertThat(transactions.current()).isSameAs(before);
    assertThat(transactions.effectiveYaml()).isEqualTo(yaml);
    for (FakeModule m : modules) {
      assertThat(m.current()).isSameAs(before);
    }
    assertThat(calls.stream().filter(c -> c.endsWith("commit")).count())
        .isEqualTo(failure == Failure.CRASH_IN_COMMIT ? at + 1L : 0);
    assertThat(calls.stream().filter(c -> c.endsWith("rollback")).count())
        .isEqualTo(failure == Failure.CRASH_IN_COMMIT ? at : 0);
    assertThat(transactions.lastSuccessful()).isFalse();
    assertThat(transactions.lastSuccess().toEpochMilli()).isEqualTo(1_000_000);
    assertThat(last().committed()).isFalse();
    assertThat(last().error()).contains("m" + at);

    modules.forEach(m -> m.fail(Failure.NONE));
    transactions.reload("SIGHUP");
    assertThat(jobs()).containsExactly("a", "b");
    for (FakeModule m : modules) {
      assertThat(m.current()).isSameAs(transactions.current());
    }
    assertThat(transactions.lastSuccessful()).isTrue();
    assertThat(transactions.lastSuccess().toEpochMilli()).isEqualTo(1_060_000);
  }

  @Test
  void rollsBackFromTheLastToTheFirst() throws ConfigurationException {
    module("a", 1);
    module("b", 2);
    FakeModule c = module("c", 3);
    module("d", 4);
    transactions.loadInitially();
    calls.clear();
    c.fail(Failure.CRASH_IN_COMMIT);
    assertThatThrownBy(() -> transactions.reload("test")).hasMessageContaining("crash in commit");
    assertThat(calls)
        .containsSubsequence("c commit", "b rollback", "a rollback", "d discard")
        .doesNotContain("c rollback", "c discard");
  }

  @Test
  void refusesABadFileWithTheReferencesWords() throws ConfigurationException {
    transactions.loadInitially();
    file = BAD;
    assertThatThrownBy(() -> transactions.reload("HTTP API"))
        .hasMessageStartingWith(
            "couldn't load configuration (--config.file=\"prometheus.yml\"): parsing YAML file"
                + " prometheus.yml: found multiple scrape configs with job name \"a\"");
    assertThat(jobs()).containsExactly("a");
  }

  @Test
  void doesNotReloadBeforeTheInitialLoad() {
    assertThatThrownBy(() -> transactions.reload("HTTP API"))
        .hasMessage("the initial configuration has not been loaded yet");
    assertThat(transactions.lastSuccessful()).isTrue();
  }

  @Test
  void configuresALateModuleAlone() throws ConfigurationException {
    FakeModule early = module("early", 1);
    transactions.loadInitially();
    calls.clear();
    FakeModule late = module("late", 0);
    assertThat(late.current()).isNull();
    time.advance(0);
    assertThat(late.current()).isSameAs(transactions.current());
    assertThat(early.current()).isSameAs(transactions.current());
    assertThat(calls).containsExactly("late prepare", "late commit");
  }

  @Test
  void tellsOfALateModuleThatRefuses() throws ConfigurationException {
    transactions.loadInitially();
    FakeModule late = module("late", 0).fail(Failure.REFUSE);
    time.advance(0);
    assertThat(late.current()).isNull();
    assertThat(last().trigger()).isEqualTo("arrival of late");
    assertThat(last().error()).contains("it does not suit me");
    assertThat(transactions.lastSuccessful()).isFalse();
  }

  @Test
  void forgetsAModuleThatGoes() throws ConfigurationException {
    FakeModule a = module("a", 1);
    FakeModule b = module("b", 2);
    transactions.loadInitially();
    calls.clear();
    transactions.moduleLeft(a);
    file = SECOND;
    transactions.reload("test");
    assertThat(calls).containsExactly("b prepare", "b commit");
    assertThat(jobs(b.current())).containsExactly("a", "b");
  }

  @Test
  void doesNotCallAModuleThatWentDuringTheTransaction() throws ConfigurationException {
    FakeModule a = module("a", 1);
    FakeModule b = module("b", 2);
    transactions.loadInitially();
    calls.clear();
    b.onPrepare(() -> transactions.moduleLeft(a));
    transactions.reload("test");
    assertThat(calls).containsExactly("a prepare", "b prepare", "b commit");
    b.onPrepare(() -> transactions.moduleLeft(b)).fail(Failure.CRASH_IN_PREPARE);
    transactions.reload("test");
    assertThat(last().committed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void endsInTheSameStateWhateverArrivesWhen(long seed) throws ConfigurationException {
    List<FakeModule> modules = new ArrayList<>();
    List<Runnable> events = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int order = i;
      FakeModule m = new FakeModule("m" + i, calls);
      modules.add(m);
      events.add(() -> transactions.moduleArrived(m, order));
    }
    events.add(() -> entry("io.narthex.scrape.job~x", "{job_name: x}"));
    events.add(() -> entry("io.narthex.scrape.job~y", "{job_name: y}"));
    events.add(() -> entry("io.narthex.global", "{scrape_interval: 7s}"));
    events.add(() -> unchecked(transactions::loadInitially));
    events.add(() -> time.advance(150));
    Collections.shuffle(events, new Random(seed));
    events.forEach(Runnable::run);
    transactions.loadInitially();
    time.advance(1000);
    assertThat(jobs()).containsExactly("a", "x", "y");
    assertThat(transactions.current().global().scrapeInterval()).isEqualTo(7000);
    for (FakeModule m : modules) {
      assertThat(m.current()).isSameAs(transactions.current());
    }
  }

  private interface Action {
    void run() throws ConfigurationException;
  }

  private static void unchecked(Action action) {
    try {
      action.run();
    } catch (ConfigurationException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void coalescesABurstOfEntriesIntoOneTransaction() throws ConfigurationException {
    transactions.loadInitially();
    int before = transactions.history().size();
    for (int i = 0; i < 100; i++) {
      entry("io.narthex.scrape.job~" + i, "{job_name: j" + i + "}");
      time.advance(1);
    }
    assertThat(jobs()).containsExactly("a");
    time.advance(100);
    assertThat(jobs()).hasSize(101);
    assertThat(transactions.history()).hasSize(before + 1);
    assertThat(last().trigger()).isEqualTo("Configuration Admin");
    assertThat(last().difference())
        .contains("+ - job_name: j42")
        .noneMatch(l -> l.startsWith("- "));
    entry("io.narthex.scrape.job~42", null);
    time.advance(200);
    assertThat(last().difference())
        .contains("- - job_name: j42")
        .noneMatch(l -> l.startsWith("+ "));
  }

  @Test
  void aRefusedEntryChangesNothingAndStandsInNobodysWay() throws ConfigurationException {
    FakeModule m = module("m", 1);
    transactions.loadInitially();
    entry("io.narthex.scrape.job~x", "{job_name: x, metrics_path: /1}");
    time.advance(200);
    assertThat(jobs()).containsExactly("a", "x");
    Configuration good = transactions.current();
    entry("io.narthex.scrape.job~x", "{job_name: a}");
    time.advance(200);
    assertThat(transactions.current()).isSameAs(good);
    assertThat(m.current()).isSameAs(good);
    assertThat(last().error())
        .contains("found multiple scrape configs with job name \"a\", first found in main config");
    assertThat(transactions.lastSuccessful()).isFalse();

    transactions.reload("SIGHUP");
    assertThat(transactions.current().scrapeConfig("x").metricsPath()).isEqualTo("/1");
    entry("io.narthex.scrape.job~z", "{job_name: z}");
    time.advance(200);
    assertThat(jobs()).containsExactly("a", "x", "z");
    entry("io.narthex.scrape.job~z", "{job_name: [");
    time.advance(200);
    assertThat(last().error()).contains("parsing io.narthex.scrape.job~z: yaml: line 1");
    assertThat(jobs()).containsExactly("a", "x", "z");
  }

  @Test
  void anEntryThatWentBadDoesNotKeepTheServerFromStarting() throws ConfigurationException {
    entry("io.narthex.scrape.job~1", "{job_name: ok}");
    entry("io.narthex.scrape.job~2", "{job_name: a}");
    entry("io.narthex.scrape.job~3", "{job_name: fine}");
    transactions.loadInitially();
    assertThat(jobs()).containsExactly("a", "ok", "fine");
    assertThat(transactions.history().get(1).error()).contains("job name \"a\"");
    assertThat(transactions.lastSuccessful()).isTrue();
  }

  @Test
  void norDoEntriesThatComeRightAfterTheStart() throws ConfigurationException {
    transactions.loadInitially();
    entry("io.narthex.scrape.job~1", "{job_name: ok}");
    entry("io.narthex.scrape.job~2", "{job_name: a}");
    time.advance(200);
    assertThat(jobs()).containsExactly("a", "ok");
    entry("io.narthex.scrape.job~3", "{job_name: fine}");
    entry("io.narthex.scrape.job~4", "{job_name: a}");
    time.advance(200);
    assertThat(jobs()).as("later ones are one change").containsExactly("a", "ok");
  }

  @Test
  void aBadFileRefusesTheStartWhateverTheEntries() {
    entry("io.narthex.scrape.job~1", "{job_name: ok}");
    file = "nonsense: 1\n";
    assertThatThrownBy(transactions::loadInitially)
        .hasMessageContaining("field nonsense not found in type config.plain");
    assertThatThrownBy(transactions::check)
        .hasMessageStartingWith("parsing YAML file prometheus.yml: yaml: unmarshal errors");
    assertThat(transactions.current()).isNull();
  }

  @Test
  void keepsABoundedHistoryWithDifferences() throws ConfigurationException {
    transactions.loadInitially();
    for (int i = 0; i < 60; i++) {
      file = i % 2 == 0 ? SECOND : FIRST;
      transactions.reload("test");
    }
    assertThat(transactions.history()).hasSize(50);
    assertThat(last().difference()).contains("- - job_name: b");
    file = FIRST.replace("job_name: a", "job_name: a, basic_auth: {username: u, password: pw1}");
    transactions.reload("test");
    assertThat(String.join("\n", last().difference()))
        .contains("+     password: <secret>")
        .doesNotContain("pw1");
    assertThat(transactions.exportYaml()).contains("password: pw1");
    assertThat(reads).isGreaterThan(60);
  }
}
