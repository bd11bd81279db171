package io.narthex.web.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.ConfigurationTransactions;
import io.narthex.api.discovery.DiscoveryView;
import io.narthex.api.lifecycle.RunGroup;
import io.narthex.api.query.QueryOrigin;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.RunningQueries;
import io.narthex.api.storage.StorageMaintenance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PagesTest {
  private static final Instant TIME = Instant.parse("2026-01-01T12:00:00.5Z");

  private final Html html = new Html();

  @Test
  void escapesWhatComesFromOutside() {
    html.row("<script>alert('${x}' & \"y\")</script>", null);
    assertThat(html.toString())
        .contains("&lt;script&gt;alert(&#39;&#36;{x}&#39; &amp; &quot;y&quot;)&lt;/script&gt;</td>")
        .doesNotContain("$");
  }

  @Test
  void showsWhoWaitsForWhom() {
    RunGroupView.write(
        new RunGroup() {
          @Override
          public List<ActorStatus> actors() {
            return List.of(
                new ActorStatus(
                    "TSDB",
                    300,
                    true,
                    "tsdb 1",
                    State.RUNNING,
                    TIME,
                    0,
                    null,
                    List.of("scrape manager")),
                new ActorStatus(
                    "plugin", 0, false, "p 1", State.BACKING_OFF, TIME, 2, "no", List.of()));
          }

          @Override
          public List<WaitingComponent> waiting() {
            return List.of(new WaitingComponent("web", "web 1", List.of("a.Storage")));
          }
        },
        html);
    assertThat(html.toString())
        .contains("TSDB", "running", "2026-01-01 12:00:00 UTC", "scrape manager")
        .contains("plugin (not critical)", "backing off")
        .contains("a.Storage");
  }

  @Test
  void showsSectionsThatWaitApart() {
    DiscoveryPageView.write(
        new DiscoveryView() {
          @Override
          public List<SectionStatus> sections() {
            return List.of(section("file", State.RUNNING, 3), section("dns", WAITING, 0));
          }

          private static final State WAITING = State.WAITING_FOR_PROVIDER;

          private static SectionStatus section(String kind, State state, int targets) {
            return new SectionStatus(
                "scrape", kind, kind + "/1", List.of("job"), "b", state, targets, null, null);
          }

          @Override
          public List<ProviderStatus> providers() {
            return List.of(new ProviderStatus("file", "io.narthex.discovery.file 1"));
          }
        },
        html);
    String page = html.toString();
    int waiting = page.indexOf("Sections that wait");
    assertThat(page.indexOf("file/1")).isLessThan(waiting);
    assertThat(page.indexOf("dns/1")).isGreaterThan(waiting);
    assertThat(page).contains("io.narthex.discovery.file 1", "waiting for provider", "never");
  }

  @Test
  void showsTransactions() {
    TransactionsView.write(
        new ConfigurationTransactions() {
          @Override
          public void reload(String trigger) {
            throw new UnsupportedOperationException();
          }

          @Override
          public List<Transaction> history() {
            return List.of(
                new Transaction(
                    TIME,
                    "SIGHUP",
                    false,
                    "line 2: no",
                    Duration.ofMillis(7),
                    List.of("- a", "+ b")),
                new Transaction(TIME, "start", true, null, Duration.ofMillis(9), List.of()));
          }

          @Override
          public String effectiveYaml() {
            return "global:\n  x: <secret>\n";
          }

          @Override
          public String exportYaml() {
            throw new UnsupportedOperationException("has secrets");
          }
        },
        html);
    assertThat(html.toString())
        .contains("refused at 2026-01-01 12:00:00 UTC, asked for by SIGHUP: line 2: no")
        .contains("- a\n+ b\n")
        .contains("committed", "9 ms", "x: &lt;secret&gt;");
  }

  @Test
  void showsQueriesAndCancelsThem() {
    List<Long> cancelled = new ArrayList<>();
    RunningQueries queries =
        new RunningQueries() {
          @Override
          public List<RunningQuery> running() {
            QueryRequest rule =
                QueryRequest.instant("a < b", 0).from(new QueryOrigin.Rule("r.yml", "g"));
            return List.of(
                new RunningQuery(3, rule, TIME, false, 11, 12),
                new RunningQuery(4, QueryRequest.instant("c", 0), TIME, true, 0, 0));
          }

          @Override
          public boolean cancel(long id) {
            return cancelled.add(id);
          }
        };
    QueriesView.write(queries, html);
    assertThat(html.toString())
        .contains("a &lt; b", "rules of g in r.yml", "running", "waiting", "the server")
        .contains("cancel-3", "cancel-4");
    assertThat(QueriesView.act(queries, "cancel-4")).isTrue();
    assertThat(QueriesView.act(queries, "cancel-x")).isFalse();
    assertThat(QueriesView.act(queries, "run")).isFalse();
    assertThat(cancelled).containsExactly(4L);
  }

  @Test
  void showsAndSteersTheStorage() {
    List<String> asked = new ArrayList<>();
    StorageMaintenance maintenance =
        new StorageMaintenance() {
          @Override
          public Status status() {
            return new Status(
                State.BACKING_OFF,
                true,
                new Task("compacting <3> blocks", TIME, 12),
                List.of(new Run("head block", TIME, Duration.ofMillis(1500), "disk full")));
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
    StorageView.writeMaintenance(maintenance, html);
    assertThat(html.toString())
        .contains("State: backing off", "compacting &lt;3&gt; blocks", "12 series so far")
        .contains("Resume", "head block", "1s500ms", "disk full");
    assertThat(StorageView.act(maintenance, StorageView.PAUSE)).isTrue();
    assertThat(StorageView.act(maintenance, StorageView.RESUME)).isTrue();
    assertThat(StorageView.act(maintenance, StorageView.RUN)).isTrue();
    assertThat(StorageView.act(maintenance, "format")).isFalse();
    assertThat(asked).containsExactly("pause", "resume", "run");
  }

  @Test
  void saysWhatIsNotRunning() {
    new StoragePage().write(html);
    new RunGroupPage().write(html);
    new DiscoveryPage().write(html);
    new ConfigurationPage().write(html);
    assertThat(html.toString())
        .contains(
            "The database is not running",
            "The run group is not running",
            "The discovery manager is",
            "The configuration");
  }
}
