package io.narthex.launcher.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagParserTest {
  private static ParsedFlags parse(String... args) throws CommandLineException {
    return new FlagParser(FlagCatalogue.all()).parse(args);
  }

  @Test
  void valuesFollowAnEqualsSignOrASpace() throws Exception {
    assertThat(parse("--config.file=a.yml").string("config.file")).isEqualTo("a.yml");
    assertThat(parse("--config.file", "b.yml").string("config.file")).isEqualTo("b.yml");
  }

  @Test
  void defaultsDoNotCountAsGiven() throws Exception {
    ParsedFlags flags = parse("--query.timeout=3m");
    assertThat(flags.given()).extracting(Flag::name).containsExactly("query.timeout");
    assertThat(flags.value("query.timeout")).isEqualTo(180_000L);
    assertThat(flags.value("query.lookback-delta")).isEqualTo(300_000L);
  }

  @Test
  void switchesHaveANegation() throws Exception {
    assertThat(parse("--web.enable-lifecycle").isOn("web.enable-lifecycle")).isTrue();
    assertThat(parse("--no-web.enable-lifecycle").isOn("web.enable-lifecycle")).isFalse();
    assertThat(parse("--no-storage.tsdb.wal-compression").isOn("storage.tsdb.wal-compression"))
        .isFalse();
    assertThat(parse("--no-storage.tsdb.no-lockfile").isOn("storage.tsdb.no-lockfile")).isFalse();
  }

  @Test
  void repeatableFlagsKeepTheirOrder() throws Exception {
    ParsedFlags flags = parse("--web.listen-address=:1", "--web.listen-address", ":2");
    assertThat(flags.strings("web.listen-address")).containsExactly(":1", ":2");
    assertThat(parse().strings("web.listen-address")).containsExactly("0.0.0.0:9090");
  }

  @Test
  void featuresAreCommaSeparatedAndRepeatable() throws Exception {
    assertThat(parse("--enable-feature=a,b", "--enable-feature=b, c").features())
        .containsExactly("a", "b", "c");
  }

  @Test
  void wholeNumbersMayBeWrittenWithAnExponent() throws Exception {
    assertThat(parse("--query.max-samples=5e7").value("query.max-samples")).isEqualTo(50_000_000L);
  }

  @Test
  void helpAndVersionAreActions() throws Exception {
    assertThat(parse("--help").action()).isEqualTo(ParsedFlags.Action.HELP);
    assertThat(parse("-h").action()).isEqualTo(ParsedFlags.Action.HELP);
    assertThat(parse("--help-man").action()).isEqualTo(ParsedFlags.Action.HELP);
    assertThat(parse("--version").action()).isEqualTo(ParsedFlags.Action.VERSION);
    assertThat(parse("--write-documentation").action()).isEqualTo(ParsedFlags.Action.DOCUMENTATION);
    assertThat(parse().action()).isEqualTo(ParsedFlags.Action.RUN);
  }

  /** The messages were read off the reference. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--foo | unknown long flag '--foo'",
        "--foo=1 | unknown long flag '--foo'",
        "--web.enable-lifecyclee | unknown long flag '--web.enable-lifecyclee'",
        "-x | unknown short flag '-x'",
        "extra | unexpected extra",
        "--config.file | expected argument for flag '--config.file'",
        "--storage.tsdb.retention.time=abc | not a valid duration string: \"abc\"",
        "--storage.tsdb.retention.time= | empty duration string",
        "--web.read-timeout=5 | not a valid duration string: \"5\"",
        "--scrape.timestamp-tolerance=2 | time: missing unit in duration \"2\"",
        "--storage.tsdb.retention.size=512 | units: unknown unit  in 512",
        "--web.max-connections=x | strconv.ParseFloat: parsing \"x\": invalid syntax",
        "--log.level=foo | unrecognized log level foo",
        "--log.format=xml | unrecognized log format xml",
        "--storage.tsdb.wal-compression-type=foo"
            + " | enum value must be one of snappy,zstd, got 'foo'",
        "--web.remote-write-receiver.accepted-protobuf-messages=foo"
            + " | unknown remote write protobuf message foo, supported:"
            + " prometheus.WriteRequest, io.prometheus.write.v2.Request",
      })
  void refusesWhatCannotBeParsed(String argument, String why) {
    assertThatThrownBy(() -> parse(argument))
        .isInstanceOfSatisfying(
            CommandLineException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
        .hasMessage("Error parsing command line arguments: " + why + "\nnarthex: error: " + why);
  }

  @Test
  void refusesRepetition() {
    assertThatThrownBy(() -> parse("--config.file=a", "--config.file=b"))
        .hasMessageContaining("flag 'config.file' cannot be repeated");
    assertThatThrownBy(() -> parse("--agent", "--no-agent"))
        .hasMessageContaining("flag 'agent' cannot be repeated");
    assertThatThrownBy(() ->
            parse(
                "--web.remote-write-receiver.accepted-protobuf-messages=prometheus.WriteRequest",
                "--web.remote-write-receiver.accepted-protobuf-messages=prometheus.WriteRequest"))
        .hasMessageContaining("duplicate");
  }

  @Test
  void aSwitchTakesNoValue() {
    assertThatThrownBy(() -> parse("--web.enable-lifecycle", "true"))
        .hasMessageContaining("unexpected true");
    assertThatThrownBy(() -> parse("--web.enable-lifecycle=true"))
        .hasMessageContaining("unexpected true");
  }
}
