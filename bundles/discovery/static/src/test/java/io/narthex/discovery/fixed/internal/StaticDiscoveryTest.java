package io.narthex.discovery.fixed.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.discovery.DiscoveryProvider;
import io.narthex.api.discovery.TargetGroup;
import io.narthex.config.internal.yaml.YamlConfigNodes;
import io.narthex.discovery.tck.DiscoveryProviderContract;
import io.narthex.discovery.tck.FakeContext;
import io.narthex.discovery.tck.RunningDiscoverer;
import io.narthex.model.Labels;
import java.util.List;
import org.junit.jupiter.api.Test;

class StaticDiscoveryTest extends DiscoveryProviderContract {

  @Override
  protected DiscoveryProvider provider() {
    return new StaticProvider();
  }

  @Override
  protected ConfigNode node(String yaml) throws ConfigurationException {
    return YamlConfigNodes.parse(yaml);
  }

  @Override
  protected String goodSection() {
    return "- targets: [a, b]\n  labels: {x: y}\n- targets: [c]\n";
  }

  @Override
  protected String otherSection() {
    return "- targets: [a]\n";
  }

  @Override
  protected List<String> badSections() {
    return List.of("- targets: a", "- targets: [a]\n  other: 1", "- ", "targets: [a]");
  }

  @Override
  protected FakeContext context() {
    return new FakeContext(null);
  }

  @Test
  void sendsItsGroupsOnceAndEnds() throws Exception {
    try (RunningDiscoverer run =
        RunningDiscoverer.start(provider(), provider().parse(node(goodSection())), context())) {
      assertThat(run.next())
          .containsExactly(
              new TargetGroup(
                  "0",
                  List.of(Labels.of("__address__", "a"), Labels.of("__address__", "b")),
                  Labels.of("x", "y")),
              new TargetGroup("1", List.of(Labels.of("__address__", "c")), Labels.EMPTY));
      assertThat(run.join()).as("ended by an interrupt").isFalse();
      run.expectNothing();
    }
  }
}
