package io.narthex.exposition.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.model.LabelsBuilder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextReaderTest {

  @Test
  void readsSamplesWithAndWithoutLabelsAndTimestamps() throws Exception {
    assertThat(
            Reading.text(
                """
                a 1
                b{x="1"} 2.5
                c{x="1",y="2",} -3e2 1700000000000
                d{} +Inf
                e\t{\tx = "1" , y="2" }\t 7\t8
                """))
        .containsExactly(
            "{__name__=\"a\"} 1",
            "{__name__=\"b\", x=\"1\"} 2.5",
            "{__name__=\"c\", x=\"1\", y=\"2\"} -300 @1700000000000",
            "{__name__=\"d\"} +Inf",
            "{__name__=\"e\", x=\"1\", y=\"2\"} 7 @8");
  }

  @Test
  void readsMetadataAndComments() throws Exception {
    assertThat(
            Reading.text(
                """
                # HELP a What it is, with \\n and \\\\ and \\"quotes\\".
                # TYPE a untyped
                # UNIT a seconds
                #plain
                #
                # HELPER no keyword
                # HELP b
                # HELP c \s
                #  TYPE   d counter
                # TYPE "e.f" gauge
                """))
        .containsExactly(
            "HELP a What it is, with \n and \\ and \\\"quotes\\\".",
            "TYPE a unknown",
            "COMMENT",
            "COMMENT",
            "COMMENT",
            "COMMENT",
            "HELP b ",
            "HELP c ",
            "TYPE d counter",
            "TYPE e.f gauge");
  }

  @Test
  void readsUtf8Names() throws Exception {
    assertThat(
            Reading.text(
                """
                {"http.status",q="quotes"} 1
                {"http.status",q="quotes",'x'} 1
                """
                    .replace(",'x'", ",\"my.label\"=\"w\\\"\\\\\\n\\t\"")))
        .containsExactly(
            "{__name__=\"http.status\", q=\"quotes\"} 1",
            "{__name__=\"http.status\", \"my.label\"=\"w\\\"\\\\\\n\\\\t\", q=\"quotes\"} 1");
  }

  @Test
  void toleratesMissingCommasAndLineFeedsInValues() throws Exception {
    assertThat(Reading.text("a{x=\"1\"y=\"2\nü\"} 1"))
        .containsExactly("{__name__=\"a\", x=\"1\", y=\"2\\nü\"} 1");
  }

  @Test
  void normalisesBounds() throws Exception {
    assertThat(
            Reading.text(
                """
                # TYPE h histogram
                h_bucket{le="1"} 1
                h_bucket{le="+Inf"} 1
                h_bucket{le="x"} 1
                h_bucket{quantile="1"} 1
                # TYPE s summary
                s{quantile="0"} 1
                s{le="1"} 1
                """))
        .containsExactly(
            "TYPE h histogram",
            "{__name__=\"h_bucket\", le=\"1.0\"} 1",
            "{__name__=\"h_bucket\", le=\"+Inf\"} 1",
            "{__name__=\"h_bucket\", le=\"x\"} 1",
            "{__name__=\"h_bucket\", quantile=\"1\"} 1",
            "TYPE s summary",
            "{__name__=\"s\", quantile=\"0.0\"} 1",
            "{__name__=\"s\", le=\"1\"} 1");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = ';',
      textBlock =
          """
          'a';'expected value after metric, got "\\n" ("INVALID") while parsing: "a\\n"'
          'a{b=1} 2';'expected label value, got "1" ("INVALID") while parsing: "a{b=1"'
          'a{b} 2';'expected equal, got "} " ("BCLOSE") while parsing: "a{b} "'
          'a 1 1.5';'expected next entry after timestamp, got "." ("INVALID") while parsing: "a 1 1."'
          'a 1 x';'expected timestamp or new record, got "x" ("INVALID") while parsing: "a 1 x"'
          'a 0x1p-3';'unsupported character in float while parsing: "a 0x1p-3"'
          'a 1_0';'unsupported character in float while parsing: "a 1_0"'
          'a 0x10';'strconv.ParseFloat: parsing "0x10": invalid syntax while parsing: "a 0x10"'
          'a 1e999';'strconv.ParseFloat: parsing "1e999": value out of range while parsing: "a 1e999"'
          'a 1 99999999999999999999';'strconv.ParseInt: parsing "99999999999999999999": value out of range while parsing: "a 1 99999999999999999999"'
          '# TYPE a foo';'invalid metric type "foo"'
          '# TYPE a';'invalid metric type ""'
          '# TYPE 1 counter';'expected metric name after TYPE, got "1" ("INVALID") while parsing: "# TYPE 1"'
          '{b="1"} 2';'metric name not set while parsing: "{b=\\"1\\"} 2"'
          '{"a","b"} 2';'metric name already set while parsing: "{\\"a\\",\\"b\\"}"'
          'a{,} 1';'expected label name, got ",}" ("COMMA") while parsing: "a{,}"'
          '1a 1';'expected a valid start token, got "1" ("INVALID") while parsing: "1"'
          'a{b="c" 1';'expected label name, got "1" ("INVALID") while parsing: "a{b=\\"c\\" 1"'
          """)
  void namesErrorsInTheReferencesWords(String body, String message) {
    assertThat(Reading.error(new TextReader(), Reading.bytes(body))).isEqualTo(message.strip());
  }

  @Test
  void refusesBytesThatAreNoUtf8() {
    byte[] value = "a{b=\"?\"} 1".getBytes(StandardCharsets.UTF_8);
    value[5] = (byte) 0xFF;
    assertThat(Reading.error(new TextReader(), value))
        .isEqualTo("invalid UTF-8 label value: \"\\\"\\xff\\\"\"");
    byte[] help = "# HELP a ?".getBytes(StandardCharsets.UTF_8);
    help[9] = (byte) 0xC3;
    assertThat(Reading.error(new TextReader(), help))
        .isEqualTo("help text \"\\xc3\" is not a valid utf8 string");
    byte[] name = "{\"?\"} 1".getBytes(StandardCharsets.UTF_8);
    name[2] = (byte) 0xFE;
    assertThat(Reading.error(new TextReader(), name))
        .startsWith("invalid metric name or label names: ");
  }

  @Test
  void takesCarriageReturnsAsPartOfTheLine() {
    assertThat(Reading.error(new TextReader(), Reading.bytes("a 1\r\n")))
        .isEqualTo(
            "strconv.ParseFloat: parsing \"1\\r\": invalid syntax while parsing: \"a 1\\r\"");
    assertThat(Reading.error(new TextReader(), Reading.bytes("a 1\n\r\n")))
        .startsWith("expected a valid start token, got \"\\r\"");
  }

  @Test
  void endsAtNulAtTheBeginningOfALine() throws Exception {
    assertThat(Reading.text("a 1\n\0b 2\n")).hasSize(1);
    assertThat(Reading.text("a{b=\"\0\"} 1\n")).containsExactly("{__name__=\"a\", b=\"\\x00\"} 1");
    assertThat(Reading.error(new TextReader(), Reading.bytes("a\0 1\n"))).isNotEmpty();
  }

  @Test
  void refusesDoubleLabelNames() {
    assertThatThrownBy(() -> Reading.text("a{b=\"1\",b=\"2\"} 1"))
        .hasMessage("label name \"b\" is not unique: invalid sample");
  }

  @Test
  void isEmptyForNothing() throws Exception {
    assertThat(Reading.text("")).isEmpty();
    assertThat(Reading.text("\n\n \t\n")).isEmpty();
  }

  @Test
  void cutsLongExcerpts() {
    String body = "a{" + "x".repeat(1_000_000) + "} 1";
    assertThat(Reading.error(new TextReader(), Reading.bytes(body)))
        .hasSizeLessThan(40_000)
        .startsWith("expected equal, got ");
  }

  @Test
  void readsAMillionLabels() throws Exception {
    StringBuilder body = new StringBuilder("a{");
    for (int i = 0; i < 1_000_000; i++) {
      body.append('l').append(i).append("=\"v\",");
    }
    body.append("} 1\n");
    byte[] bytes = Reading.bytes(body.toString());
    byte[] room = java.util.Arrays.copyOf(bytes, bytes.length + 1);
    TextReader reader = new TextReader();
    reader.reset(room, bytes.length);
    assertThat(reader.next()).isEqualTo(io.narthex.api.exposition.ExpositionReader.Entry.SERIES);
    assertThat(reader.seriesLength()).isEqualTo(bytes.length - 3);
    // Quadratic work would take hours here.
    LabelsBuilder labels = new LabelsBuilder();
    reader.labels(labels);
    assertThat(labels.size()).isEqualTo(1_000_001);
    assertThat(labels.get("l777777")).isEqualTo("v");
    assertThat(labels.name(2)).isEqualTo("l1");
  }
}
