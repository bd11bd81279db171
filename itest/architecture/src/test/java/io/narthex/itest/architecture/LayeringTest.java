package io.narthex.itest.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two bundles may be imported by everyone; nobody imports an implementation. */
class LayeringTest {
  static List<ShippedBundle> bundles() {
    return ShippedBundle.own();
  }

  @Test
  void theDistributionHasBundles() {
    assertThat(bundles())
        .extracting(ShippedBundle::name)
        .contains("io.narthex.model", "io.narthex.api", "io.narthex.lifecycle");
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void onlyContractsAndValuesCrossBundles(ShippedBundle bundle) {
    assertThat(bundle.ownImports())
        .as("packages of Narthex that %s imports", bundle)
        .allMatch(LayeringTest::isShared);
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void implementationsExportNothingOfNarthex(ShippedBundle bundle) {
    if (!bundle.name().equals("io.narthex.model") && !bundle.name().equals("io.narthex.api")) {
      assertThat(bundle.exports().keySet())
          .as("exports of %s", bundle)
          .noneMatch(p -> p.startsWith("io.narthex."));
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void exportsHaveAVersion(ShippedBundle bundle) {
    assertThat(bundle.exports().keySet())
        .allSatisfy(p -> assertThat(bundle.export(p).getVersion()).as(p).isNotNull());
  }

  @Test
  void valuesKnowNothingAndContractsOnlyValues() {
    for (ShippedBundle bundle : bundles()) {
      switch (bundle.name()) {
        case "io.narthex.model" ->
            assertThat(bundle.ownImports()).allMatch(p -> p.startsWith("io.narthex.model"));
        case "io.narthex.api" ->
            assertThat(bundle.exports().keySet()).allMatch(p -> p.startsWith("io.narthex.api."));
        default -> assertThat(bundle.name()).startsWith("io.narthex.");
      }
    }
  }

  private static boolean isShared(String p) {
    return p.equals("io.narthex.model")
        || p.startsWith("io.narthex.model.")
        || p.startsWith("io.narthex.api.");
  }
}
