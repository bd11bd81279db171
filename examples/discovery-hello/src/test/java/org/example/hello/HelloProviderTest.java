package org.example.hello;

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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HelloProviderTest extends DiscoveryProviderContract {
  private final FakeContext context = new FakeContext(null);

  @Override
  protected DiscoveryProvider provider() {
    return new HelloProvider();
  }

  @Override
  protected ConfigNode node(String yaml) throws ConfigurationException {
    return YamlConfigNodes.parse(yaml);
  }

  @Override
  protected String goodSection() {
    return "hosts: [one, two]\nport: 9100\nrefresh_interval: 30s\n";
  }

  @Override
  protected String otherSection() {
    return "hosts: [one]\n";
  }

  @Override
  protected List<String> badSections() {
    return List.of("{}", "hosts: []", "hosts: [a]\nother: 1", "hosts: [a]\nport: -1");
  }

  @Override
  protected FakeContext context() {
    return context;
  }

  @Test
  void findsItsHostsAgainAtEveryInterval() throws Exception {
    TargetGroup expected =
        new TargetGroup(
            "hello",
            List.of(
                Labels.of("__address__", "one:9100", "__meta_hello_host", "one"),
                Labels.of("__address__", "two:9100", "__meta_hello_host", "two")),
            Labels.EMPTY);
    try (RunningDiscoverer run =
        RunningDiscoverer.start(provider(), provider().parse(node(goodSection())), context)) {
      assertThat(run.next()).containsExactly(expected);
      context.advance(Duration.ofSeconds(30));
      assertThat(run.next()).containsExactly(expected);
    }
  }
}
