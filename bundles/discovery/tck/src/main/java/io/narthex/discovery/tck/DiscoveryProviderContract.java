package io.narthex.discovery.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.discovery.DiscoveryConfig;
import io.narthex.api.discovery.DiscoveryProvider;
import io.narthex.api.discovery.TargetGroup;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every provider must keep. A provider's test extends this class and tells how its sections
 * look; they must find at least one target without help from outside.
 */
public abstract class DiscoveryProviderContract {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** The beginnings of the names of threads that stay, whoever made the JDK start them. */
  private static final List<String> SHARED =
      List.of(
          "ForkJoinPool",
          "VirtualThread",
          "CompletableFutureDelay",
          "Common-Cleaner",
          "process reaper",
          "Attach Listener",
          "junit-",
          "surefire");

  /** A new provider, as its component would be. */
  protected abstract DiscoveryProvider provider();

  /** Reads YAML. */
  protected abstract ConfigNode node(String yaml) throws ConfigurationException;

  /** A section that finds targets; the same text each time. */
  protected abstract String goodSection() throws Exception;

  /** A section that is as good, and different. */
  protected abstract String otherSection() throws Exception;

  /** Sections that must be refused, among them one with an unknown key. */
  protected abstract List<String> badSections();

  /** The surroundings of one run. */
  protected abstract FakeContext context();

  @Test
  void kindIsAPlainName() {
    assertThat(provider().kind()).isNotEmpty().isEqualTo(provider().kind().strip());
    assertThat(provider().kind()).doesNotEndWith("_sd_configs");
  }

  @Test
  void equalSectionsHaveEqualSettings() throws Exception {
    DiscoveryConfig one = provider().parse(node(goodSection()));
    DiscoveryConfig same = provider().parse(node(goodSection()));
    DiscoveryConfig other = provider().parse(node(otherSection()));
    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
  }

  @Test
  void badSectionsAreRefused() {
    assertThat(badSections()).isNotEmpty();
    for (String bad : badSections()) {
      assertThatThrownBy(() -> provider().parse(node(bad)))
          .as(bad)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageMatching("(?s).+");
    }
  }

  @Test
  void createdButNotRunItLeavesNothingBehind() throws Exception {
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    DiscoveryProvider provider = provider();
    assertThat(provider.create(provider.parse(node(goodSection())), context())).isNotNull();
    assertNoThreadSince(before);
  }

  @Test
  void findsTargetsWithAddressesAndUniqueSources() throws Exception {
    DiscoveryProvider provider = provider();
    try (RunningDiscoverer run =
        RunningDiscoverer.start(provider, provider.parse(node(goodSection())), context())) {
      List<TargetGroup> groups = run.await(g -> !g.isEmpty());
      assertThat(groups).extracting(TargetGroup::source).doesNotHaveDuplicates();
      assertThat(groups)
          .flatExtracting(TargetGroup::targets)
          .allSatisfy(t -> assertThat(t.get("__address__")).isNotEmpty());
    }
  }

  @Test
  void endsSoonWhenItIsInterruptedAndLeavesNoThread() throws Exception {
    DiscoveryProvider provider = provider();
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    RunningDiscoverer run =
        RunningDiscoverer.start(provider, provider.parse(node(goodSection())), context());
    run.await(g -> !g.isEmpty());
    run.stop();
    assertNoThreadSince(before);
  }

  /** Every new thread must end, but for those that the JDK and the tests' own tools share. */
  private static void assertNoThreadSince(Set<Thread> before) throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && SHARED.stream().noneMatch(thread.getName()::startsWith)) {
        assertThat(thread.join(PATIENCE)).as(thread.getName() + " ends").isTrue();
      }
    }
  }

  @Test
  void runsAgainAfterAnEarlierRunHasEnded() throws Exception {
    DiscoveryProvider provider = provider();
    DiscoveryConfig config = provider.parse(node(goodSection()));
    List<TargetGroup> first;
    try (RunningDiscoverer run = RunningDiscoverer.start(provider, config, context())) {
      first = run.await(g -> !g.isEmpty());
    }
    try (RunningDiscoverer run = RunningDiscoverer.start(provider, config, context())) {
      assertThat(run.await(g -> !g.isEmpty())).isEqualTo(first);
    }
  }

  @Test
  void twoRunsDoNotDisturbEachOther() throws Exception {
    DiscoveryProvider provider = provider();
    DiscoveryConfig config = provider.parse(node(goodSection()));
    try (RunningDiscoverer one = RunningDiscoverer.start(provider, config, context());
        RunningDiscoverer two = RunningDiscoverer.start(provider, config, context())) {
      one.await(g -> !g.isEmpty());
      one.stop();
      assertThat(two.await(g -> !g.isEmpty())).isNotEmpty();
    }
  }
}
