package io.narthex.discovery.manager.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.DiscoverySection;
import io.narthex.api.config.Reconfigurable.Prepared;
import io.narthex.api.discovery.DiscoveryView.SectionStatus;
import io.narthex.api.discovery.DiscoveryView.State;
import io.narthex.config.internal.yaml.YamlConfigNodes;
import io.narthex.telemetry.internal.BundleMetrics;
import io.narthex.telemetry.internal.MetricRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DiscoveryManagerTest {
  private static final long GRACE = Duration.ofMinutes(5).toNanos();

  /** Steps far at every look, so that no wait for the throttle or a timer takes real time. */
  private final AtomicLong nanos = new AtomicLong();

  private final FakeProvider provider = new FakeProvider("fake");
  private final DiscoveryManager manager =
      new DiscoveryManager(
          "scrape",
          new DiscoveryMetrics(new BundleMetrics(new MetricRegistry()), "scrape"),
          InstantSource.system(),
          () -> nanos.addAndGet(10_000_000L),
          GRACE,
          "test");
  private final Feed feed = new Feed(manager);
  private Thread timekeeper = Thread.currentThread();

  @BeforeEach
  void keepTime() {
    timekeeper =
        Thread.ofVirtual()
            .start(() -> {
              try {
                manager.keepTime();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  @AfterEach
  void stop() throws InterruptedException {
    manager.shutDown();
    timekeeper.join();
    assertThat(provider.running).hasValue(0);
  }

  private Provider install(FakeProvider service) {
    Provider p =
        new Provider(
            service,
            "bundle",
            () -> {
              throw new IllegalStateException();
            },
            () -> {
              throw new IllegalStateException();
            });
    manager.arrived(p);
    return p;
  }

  private static ConfigNode node(String text) throws ConfigurationException {
    return YamlConfigNodes.parse(text);
  }

  /** Sets by name, each with the texts of its sections. */
  private static Map<String, List<DiscoverySection>> sets(String... namesAndSections)
      throws ConfigurationException {
    Map<String, List<DiscoverySection>> out = new LinkedHashMap<>();
    for (String s : namesAndSections) {
      String[] parts = s.split("=");
      List<DiscoverySection> sections = new ArrayList<>();
      for (int i = 1; i < parts.length; i++) {
        sections.add(new DiscoverySection("fake", node(parts[i])));
      }
      out.put(parts[0], sections);
    }
    return out;
  }

  private Prepared commit(String... sets) throws ConfigurationException {
    Prepared change = manager.prepare(sets(sets));
    change.commit();
    return change;
  }

  /** Addresses by set, as soon as they are as expected; the test's time limit ends the wait. */
  private void awaitTargets(Map<String, List<String>> expected) throws InterruptedException {
    Map<String, List<String>> seen;
    do {
      seen = new LinkedHashMap<>();
      for (var e : feed.await().entrySet()) {
        seen.put(
            e.getKey(),
            e.getValue().stream()
                .flatMap(g -> g.targets().stream())
                .map(t -> t.get("__address__"))
                .toList());
      }
    } while (!seen.equals(expected));
  }

  private SectionStatus section() {
    return manager.sections().getFirst();
  }

  private void awaitState(State state) throws InterruptedException {
    while (section().state() != state) {
      Thread.onSpinWait();
    }
  }

  @Test
  void equalSectionsShareOneDiscoverer() throws Exception {
    install(provider);
    commit("a=x", "b=x=y");
    FakeProvider.Life one = provider.life();
    FakeProvider.Life two = provider.life();
    FakeProvider.Life x = one.config.text().equals("x") ? one : two;
    FakeProvider.Life y = one.config.text().equals("x") ? two : one;
    x.finds("s", "1", "2");
    y.finds("s", "3");
    awaitTargets(Map.of("a", List.of("1", "2"), "b", List.of("1", "2", "3")));
    assertThat(provider.lives).isEmpty();
    assertThat(manager.sections()).hasSize(2);
  }

  @Test
  void groupsAreReplacedBySourceAndRemovedWhenEmpty() throws Exception {
    install(provider);
    commit("a=x");
    FakeProvider.Life x = provider.life();
    x.finds("s", "1");
    x.finds("t", "2");
    awaitTargets(Map.of("a", List.of("1", "2")));
    x.finds("s", "3");
    awaitTargets(Map.of("a", List.of("3", "2")));
    x.finds("t");
    awaitTargets(Map.of("a", List.of("3")));
  }

  @Test
  void reloadKeepsEqualSectionsRunningAndEndsOthers() throws Exception {
    install(provider);
    commit("a=x", "b=y");
    FakeProvider.Life one = provider.life();
    FakeProvider.Life two = provider.life();
    one.finds("s", one.config.text());
    two.finds("s", two.config.text());
    awaitTargets(Map.of("a", List.of("x"), "b", List.of("y")));
    commit("c=x");
    awaitTargets(Map.of("c", List.of("x")));
    assertThat(provider.lives).isEmpty();
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    commit("c=x");
    while (provider.running.get() != 1) {
      Thread.onSpinWait();
    }
    assertThat(manager.sections()).hasSize(1);
  }

  @Test
  void rollbackLosesNoTarget() throws Exception {
    install(provider);
    commit("a=x");
    provider.life().finds("s", "1");
    awaitTargets(Map.of("a", List.of("1")));
    Prepared change = commit("a=y");
    FakeProvider.Life y = provider.life();
    assertThat(y.config.text()).isEqualTo("y");
    change.rollback();
    awaitTargets(Map.of("a", List.of("1")));
    assertThat(manager.sections()).hasSize(1);
  }

  @Test
  void sectionWithoutProviderWaitsForIt() throws Exception {
    commit("a=x", "b");
    assertThat(section().state()).isEqualTo(State.WAITING_FOR_PROVIDER);
    awaitTargets(Map.of("a", List.of(), "b", List.of()));
    install(provider);
    provider.life().finds("s", "1");
    awaitTargets(Map.of("a", List.of("1"), "b", List.of()));
    assertThat(section().state()).isEqualTo(State.RUNNING);
    assertThat(section().bundle()).isEqualTo("bundle");
  }

  @Test
  void targetsOutliveAProviderThatIsUpdated() throws Exception {
    install(provider);
    commit("a=x");
    FakeProvider.Life first = provider.life();
    first.finds("s", "1");
    first.finds("t", "2");
    awaitTargets(Map.of("a", List.of("1", "2")));
    manager.departed(provider);
    assertThat(section().state()).isEqualTo(State.KEPT_IN_GRACE);
    assertThat(section().targets()).isEqualTo(2);
    assertThat(provider.running).hasValue(0);
    first.finds("s", "late");
    install(provider);
    provider.life().finds("s", "1");
    assertThat(section().targets()).isEqualTo(2);
    // What the new one does not find is forgotten when the grace ends.
    nanos.addAndGet(GRACE);
    commit("a=x");
    awaitTargets(Map.of("a", List.of("1")));
  }

  @Test
  void targetsGoWhenTheGraceEnds() throws Exception {
    install(provider);
    commit("a=x");
    provider.life().finds("s", "1");
    awaitTargets(Map.of("a", List.of("1")));
    manager.departed(provider);
    nanos.addAndGet(GRACE);
    commit("a=x");
    awaitTargets(Map.of("a", List.of()));
    assertThat(section().state()).isEqualTo(State.WAITING_FOR_PROVIDER);
  }

  @Test
  void sectionThatAProviderRefusesIsShownAndHurtsNobody() throws Exception {
    commit("a=x");
    provider.refusesToParse = true;
    install(provider);
    assertThat(section().state()).isEqualTo(State.FAILED);
    assertThat(section().lastError()).contains("refused");
    assertThatThrownBy(() -> manager.prepare(sets("a=x")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("refused");
    assertThat(section().sets()).containsExactly("a");
  }

  @Test
  void discovererThatFailsIsTriedAgain() throws Exception {
    install(provider);
    commit("a=x");
    FakeProvider.Life life = provider.life();
    life.finds("s", "1");
    life.fail();
    awaitState(State.FAILED);
    assertThat(section().lastError()).contains("broken");
    assertThat(section().targets()).isEqualTo(1);
    nanos.addAndGet(Duration.ofMinutes(10).toNanos());
    commit("a=x");
    provider.life().finds("s", "2");
    awaitTargets(Map.of("a", List.of("2")));
  }

  @Test
  void failureToCreateConcernsOneSectionOnly() throws Exception {
    FakeProvider other = new FakeProvider("other");
    provider.throwsInCreate = true;
    install(provider);
    install(other);
    Map<String, List<DiscoverySection>> sets = sets("a=x");
    sets.put("b", List.of(new DiscoverySection("other", node("y"))));
    manager.prepare(sets).commit();
    other.life().finds("s", "1");
    awaitTargets(Map.of("a", List.of(), "b", List.of("1")));
    awaitState(State.FAILED);
    assertThat(section().lastError()).isEqualTo("no such thing");
  }

  @Test
  void everyConsumerGetsAllTargetsFirst() throws Exception {
    install(provider);
    commit("a=x");
    provider.life().finds("s", "1");
    awaitTargets(Map.of("a", List.of("1")));
    assertThat(new Feed(manager).await()).containsOnlyKeys("a");
  }
}
