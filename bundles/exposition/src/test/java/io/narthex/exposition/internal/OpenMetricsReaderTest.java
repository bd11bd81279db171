package io.narthex.exposition.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenMetricsReaderTest {

  @Test
  void readsEveryKindOfLine() throws Exception {
    assertThat(
            Reading.openMetrics(
                """
                # HELP a_seconds What \\"it\\" is\\n.
                # TYPE a_seconds counter
                # UNIT a_seconds seconds
                a_seconds_total{x="1",} 2 1.5
                a_seconds_total 17 -0.0015 # {trace_id="1\\"",b="c"} 0.5 1700000000.1234
                a_seconds_total 17 # {} NaN
                {"dotted.name","q.l"="1"} NaN
                # TYPE b unknown
                # HELP c\s
                # EOF
                """))
        .containsExactly(
            "HELP a_seconds What \"it\" is\n.",
            "TYPE a_seconds counter",
            "UNIT a_seconds seconds",
            "{__name__=\"a_seconds_total\", x=\"1\"} 2 @1500",
            "{__name__=\"a_seconds_total\"} 17 @-1 # {b=\"c\", trace_id=\"1\\\\\\\"\"} 0.5"
                + " @1700000000123",
            "{__name__=\"a_seconds_total\"} 17 # {} NaN",
            "{__name__=\"dotted.name\", \"q.l\"=\"1\"} NaN",
            "TYPE b unknown",
            "HELP c ");
  }

  @Test
  void takesEofWithoutLineFeed() throws Exception {
    assertThat(Reading.openMetrics("a 1\n# EOF")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = ';',
      textBlock =
          """
          '';'data does not end with # EOF'
          'a 1~';'data does not end with # EOF'
          'a 1';'data does not end with # EOF'
          '# EOF~a 1~';'unexpected data after # EOF'
          '# EOF~~';'unexpected data after # EOF'
          '~# EOF~';'expected a valid start token, got "\\n" ("INVALID") while parsing: "\\n"'
          '# comment~# EOF';'expected a valid start token, got "# c" ("INVALID") while parsing: "# c"'
          '#x~# EOF';'expected a valid start token, got "#x" ("INVALID") while parsing: "#x"'
          'a  1~# EOF';'expected value after metric, got "  " ("INVALID") while parsing: "a  "'
          'a 1  5~# EOF';'expected a valid start token, got " 5\\n" ("TIMESTAMP") while parsing: " 5\\n"'
          'a 1 ~# EOF';'expected a valid start token, got "\\n#" ("LINEBREAK") while parsing: "\\n#"'
          'a{b="1"c="2"} 1~# EOF';'expected comma or brace close, got "c=" ("LNAME") while parsing: "a{b=\\"1\\"c="'
          'a{b="1~"} 1~# EOF';'expected label value, got "\\"1\\n" ("INVALID") while parsing: "a{b=\\"1\\n"'
          'a 1 NaN~# EOF';'invalid timestamp NaN'
          'a 1 +Inf~# EOF';'invalid timestamp +Inf'
          'a 1 # {"b"} 1~# EOF';'expected label name, got "} " ("BCLOSE") while parsing: "a 1 # {\\"b\\"} "'
          'a 1 # {b="c"} 1 -Inf~# EOF';'invalid exemplar timestamp -Inf'
          'a 1 # {b="c"}~# EOF';'expected value after exemplar labels, got "\\n" ("INVALID") while parsing: "a 1 # {b=\\"c\\"}\\n"'
          '# UNIT a seconds~# EOF';'unit "seconds" not a suffix of metric "a"'
          '# TYPE a untyped~# EOF';'invalid metric type "untyped"'
          '# TYPE a~# EOF';'expected text in TYPE'
          '# HELP ~# EOF';'expected metric name after HELP, got "\\n" ("INVALID") while parsing: "# HELP \\n"'
          """)
  void namesErrorsInTheReferencesWords(String body, String message) {
    String lines = body == null ? "" : body.replace('~', '\n');
    assertThat(Reading.error(new OpenMetricsReader(false), Reading.bytes(lines)))
        .isEqualTo(message.strip());
  }

  @Test
  void takesCreatedLinesAsStartTimestamps() throws Exception {
    assertThat(
            Reading.withStartTimestamps(
                """
                # TYPE a counter
                a_total{x="1"} 1
                a_created{x="1"} 1000
                a_total{x="2"} 2
                a_total{x="3"} 3
                a_created{x="3"} 3000
                # TYPE h histogram
                h_bucket{y="1",le="0.1"} 1
                h_bucket{y="1",le="+Inf"} 1 # {a="b"} 5
                h_count{y="1"} 1
                h_created{y="1"} 2.5
                h_count{y="2"} 1
                # TYPE g gauge
                g_created 9
                # EOF
                """))
        .containsExactly(
            "TYPE a counter",
            "{__name__=\"a_total\", x=\"1\"} 1 since 1000000",
            "{__name__=\"a_total\", x=\"2\"} 2",
            "{__name__=\"a_total\", x=\"3\"} 3 since 3000000",
            "TYPE h histogram",
            "{__name__=\"h_bucket\", le=\"0.1\", y=\"1\"} 1 since 2500",
            "{__name__=\"h_bucket\", le=\"+Inf\", y=\"1\"} 1 since 2500 # {a=\"b\"} 5",
            "{__name__=\"h_count\", y=\"1\"} 1 since 2500",
            "{__name__=\"h_count\", y=\"2\"} 1",
            "TYPE g gauge",
            "{__name__=\"g_created\"} 9");
  }

  @Test
  void looksAheadOnceForAFamilyWithoutCreatedLines() throws Exception {
    StringBuilder body = new StringBuilder("# TYPE a counter\n");
    for (int i = 0; i < 200_000; i++) {
      body.append("a_total{x=\"").append(i).append("\"} 1\n");
    }
    // Quadratic work would take minutes here.
    assertThat(Reading.withStartTimestamps(body.append("# EOF\n").toString())).hasSize(200_001);
  }
}
