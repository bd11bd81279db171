package io.narthex.launcher.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {
  private static List<String> check(String... args) throws CommandLineException {
    return Checks.check(new FlagParser(FlagCatalogue.all()).parse(args));
  }

  private static void refused(int exitCode, String message, String... args) {
    assertThatThrownBy(() -> check(args))
        .isInstanceOfSatisfying(
            CommandLineException.class, e -> assertThat(e.exitCode()).isEqualTo(exitCode))
        .hasMessageContaining(message);
  }

  @Test
  void defaultsPassWithoutWarning() throws Exception {
    assertThat(check()).isEmpty();
  }

  @Test
  void flagsOfTheOtherModeEndWith3() {
    refused(
        3,
        "The following flag(s) can not be used in agent mode: [\"--storage.tsdb.path\"]",
        "--agent",
        "--storage.tsdb.path=x");
    refused(
        3,
        "The following flag(s) can only be used in agent mode: [\"--storage.agent.path\"]",
        "--storage.agent.path=x");
  }

  @Test
  void valuesOutOfRangeEndWith1() {
    refused(1, "--auto-gomemlimit.ratio", "--auto-gomemlimit.ratio=3");
    refused(1, "--web.search.max-limit", "--web.search.max-limit=-1");
    refused(1, "'storage.tsdb.wal-segment-size'", "--storage.tsdb.wal-segment-size=1MB");
    refused(1, "over 1MB", "--storage.tsdb.max-block-chunk-segment-size=1KB");
  }

  @Test
  void badUrlsAndExpressionsEndWith2() {
    refused(2, "URL must not begin or end with quotes", "--web.external-url='x'");
    refused(2, "could not compile CORS regex string \"(\"", "--web.cors.origin=(");
  }

  @Test
  void partsNotBuiltYetAreRefusedByName() {
    refused(1, "not supported yet: --agent", "--agent");
    refused(1, "not supported yet: --web.enable-otlp-receiver", "--web.enable-otlp-receiver");
    refused(1, "not supported yet: --enable-feature=search-api", "--enable-feature=search-api");
  }

  @Test
  void aSwitchThatIsOffIsNotRefused() throws Exception {
    assertThat(check("--no-agent", "--no-web.enable-otlp-receiver")).isEmpty();
  }

  @Test
  void tuningOfPartsNotBuiltYetIsWarnedOfByName() throws Exception {
    assertThat(check("--rules.alert.resend-delay=2m", "--web.user-assets=/x"))
        .hasSize(2)
        .anySatisfy(w -> assertThat(w).contains("--rules.alert.resend-delay"))
        .anySatisfy(w -> assertThat(w).contains("--web.user-assets"));
    assertThat(check("--enable-feature=made-up")).singleElement().asString().contains("made-up");
  }
}
