package io.narthex.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.ConfigurationTransactions;
import io.narthex.api.discovery.DiscoveryView;
import io.narthex.api.lifecycle.RunGroup;
import io.narthex.api.query.QueryOrigin;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.RunningQueries;
import io.narthex.api.scrape.TargetsView;
import io.narthex.api.storage.StorageMaintenance;
import io.narthex.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NarthexCommandsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final NarthexCommands commands = new NarthexCommands(() -> NOW);

  @Test
  void saysWhatIsNotRunning() {
    assertThat(commands.actors()).startsWith("The run group is not running");
    assertThat(commands.waiting()).startsWith("The run group is not running");
    assertThat(commands.targets()).startsWith("The scrape manager is not running");
    assertThat(commands.targets("x")).startsWith("The scrape manager is not running");
    assertThat(commands.providers()).startsWith("The discovery manager is not running");
    assertThat(commands.reload()).startsWith("The configuration is not running");
    assertThat(commands.config()).startsWith("The configuration is not running");
    assertThat(commands.compactions()).startsWith("The database is not running");
    assertThat(commands.compactions("run")).startsWith("The database is not running");
    assertThat(commands.queries()).startsWith("The query engine is not running");
    assertThat(commands.cancel(1)).startsWith("The query engine is not running");
  }

  @Test
  void showsAndCancelsQueries() {
    List<RunningQueries.RunningQuery> running = new ArrayList<>();
    commands.runningQueries =
        new RunningQueries() {
          @Override
          public List<RunningQuery> running() {
            return running;
          }

          @Override
          public boolean cancel(long id) {
            return running.removeIf(q -> q.id() == id);
          }
        };
    assertThat(commands.queries()).isEqualTo("No query runs.");
    QueryRequest request =
        QueryRequest.instant("sum(\n  up)", 0).from(new QueryOrigin.Rule("r.yml", "g"));
    running.add(new RunningQueries.RunningQuery(5, request, NOW.minusSeconds(5), false, 10, 2000));
    assertThat(commands.queries())
        .isEqualTo(
            """
            ID  STATE    FOR  SAMPLES  BYTES  ASKED BY  QUERY
            5   running  5s   10       2000   r.yml;g   sum(   up)\
            """);
    assertThat(commands.cancel(6)).startsWith("No query 6 runs");
    assertThat(commands.cancel(5)).isEqualTo("Query 5 ends.");
    assertThat(running).isEmpty();
  }

  @Test
  void showsAndSteersCompactions() {
    List<String> asked = new ArrayList<>();
    commands.maintenance =
        new StorageMaintenance() {
          @Override
          public Status status() {
            return new Status(
                State.RUNNING,
                true,
                new Task("compacting 3 blocks", NOW.minusSeconds(5), 12),
                List.of(
                    new Run("head block", NOW.minusSeconds(60), Duration.ofMillis(1500), null),
                    new Run("reload", NOW.minusSeconds(70), Duration.ZERO, "disk full")));
          }

          @Override
          public void pause() {
            asked.add("pause");
          }

          @Override
          public void resume() {
            asked.add("resume");
          }

          @Override
          public void runNow() {
            asked.add("run");
          }
        };
    assertThat(commands.compactions())
        .isEqualTo(
            """
            state: running
            now: compacting 3 blocks, for 5s, 12 series so far
            Nothing begins by itself: narthex:compactions resume.

            WHAT        WHEN       TOOK     ERROR
            head block  1m ago     1s500ms
            reload      1m10s ago  0s       disk full\
            """);
    assertThat(commands.compactions("pause")).contains("until narthex:compactions resume");
    assertThat(commands.compactions("resume")).contains("go on");
    assertThat(commands.compactions("run")).contains("looks");
    assertThat(commands.compactions("stop")).contains("There is no action stop");
    assertThat(asked).containsExactly("pause", "resume", "run");
  }

  @Test
  void showsActorsAndWhatWaits() {
    commands.runGroup =
        new RunGroup() {
          @Override
          public List<ActorStatus> actors() {
            return List.of(
                new ActorStatus(
                    "scrape manager",
                    600,
                    true,
                    "io.narthex.scrape 0.1.0",
                    State.STOPPING,
                    NOW.minusSeconds(62),
                    0,
                    null,
                    List.of()),
                new ActorStatus(
                    "plugin",
                    300,
                    false,
                    "acme 1.0.0",
                    State.BACKING_OFF,
                    NOW.plusSeconds(5),
                    3,
                    "no\nroute\u001b[2J",
                    List.of("scrape manager")));
          }

          @Override
          public List<WaitingComponent> waiting() {
            return List.of(new WaitingComponent("io.narthex.Web", "web 1", List.of("a.B", "c.D")));
          }
        };
    assertThat(commands.actors())
        .isEqualTo(
            """
            ACTOR                  STAGE  STATE        FOR   RESTARTS  WAITS FOR       BUNDLE                   ERROR
            scrape manager         600    stopping     1m2s  0                         io.narthex.scrape 0.1.0
            plugin (not critical)  300    backing off  0s    3         scrape manager  acme 1.0.0               no route [2J\
            """);
    assertThat(commands.waiting())
        .isEqualTo(
            """
            COMPONENT       BUNDLE  WAITS FOR
            io.narthex.Web  web 1   a.B, c.D\
            """);
  }

  @Test
  void showsTargets() {
    commands.targetsView =
        new TargetsView() {
          @Override
          public List<String> pools() {
            return List.of("node");
          }

          @Override
          public List<ActiveTarget> active(String pool) {
            return List.of(
                new ActiveTarget(
                    "node",
                    Labels.EMPTY,
                    Labels.EMPTY,
                    "http://a:9100/metrics",
                    "connection refused",
                    NOW.minusSeconds(3),
                    0.0125,
                    Health.DOWN,
                    "15s",
                    "10s"),
                new ActiveTarget(
                    "node",
                    Labels.EMPTY,
                    Labels.EMPTY,
                    "http://b:9100/metrics",
                    "",
                    null,
                    0,
                    Health.UNKNOWN,
                    "15s",
                    "10s"));
          }

          @Override
          public List<DroppedTarget> dropped(String pool) {
            return List.of();
          }

          @Override
          public Map<String, Integer> droppedCounts() {
            return Map.of();
          }

          @Override
          public List<TargetMetadata> metadata() {
            return List.of();
          }
        };
    assertThat(commands.targets())
        .isEqualTo(
            """
            POOL  URL                    HEALTH   LAST SCRAPE  TOOK  ERROR
            node  http://a:9100/metrics  down     3s ago       13ms  connection refused
            node  http://b:9100/metrics  unknown  never\
            """);
    assertThat(commands.targets("node")).startsWith("POOL");
    assertThat(commands.targets("x")).isEqualTo("There is no scrape pool x. There are: node");
  }

  @Test
  void showsProvidersAndSections() {
    commands.discoveryView =
        new DiscoveryView() {
          @Override
          public List<SectionStatus> sections() {
            return List.of(
                new SectionStatus(
                    "scrape",
                    "consul",
                    "consul/1",
                    List.of("job a"),
                    "",
                    State.WAITING_FOR_PROVIDER,
                    0,
                    null,
                    null));
          }

          @Override
          public List<ProviderStatus> providers() {
            return List.of(new ProviderStatus("file", "io.narthex.discovery.file 0.1.0"));
          }
        };
    assertThat(commands.providers())
        .isEqualTo(
            """
            PROVIDER  BUNDLE
            file      io.narthex.discovery.file 0.1.0

            SECTION   MANAGER  STATE                 TARGETS  LAST UPDATE  USED BY  ERROR
            consul/1  scrape   waiting for provider  0        never        job a\
            """);
  }

  @Test
  void reloadsAndSaysWhyNot() {
    List<String> triggers = new ArrayList<>();
    ConfigurationTransactions transactions =
        new ConfigurationTransactions() {
          @Override
          public void reload(String trigger) throws ConfigurationException {
            if (!triggers.isEmpty()) {
              throw new ConfigurationException("line 3: no");
            }
            triggers.add(trigger);
          }

          @Override
          public List<Transaction> history() {
            return List.of();
          }

          @Override
          public String effectiveYaml() {
            return "global: {}\n";
          }

          @Override
          public String exportYaml() {
            return "secret";
          }
        };
    commands.transactions = transactions;
    assertThat(commands.reload()).isEqualTo("The configuration was reloaded.");
    assertThat(triggers).containsExactly("shell");
    assertThat(commands.reload())
        .isEqualTo("The reload was refused and nothing has changed: line 3: no");
    assertThat(commands.config()).isEqualTo("global: {}\n");
  }
}
