package io.narthex.exposition.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.exposition.ExpositionFormat;
import io.narthex.api.exposition.ExpositionReader;
import io.narthex.api.exposition.ReaderOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomBucketsReaderTest {

  private static final String BODY =
      """
      # TYPE h histogram
      h_bucket{x="1",le="1"} 1
      h_bucket{x="1",le="2"} 1
      h_bucket{x="1",le="+Inf"} 3
      h_sum{x="1"} 7
      h_count{x="1"} 3
      h_bucket{le="0.5",x="2"} 1.5 17
      h_count{x="2"} 2 17
      other 1
      # TYPE c counter
      c_bucket{le="1"} 1
      """;

  private static final String FIRST =
      "{__name__=\"h\", x=\"1\"} UNKNOWN -53 0.0 zero 0 count 3 sum 7.0 + [0, 3] [1, -1, 2]"
          + " - [] [] custom [1.0, 2.0]";
  private static final String SECOND =
      "{__name__=\"h\", x=\"2\"} UNKNOWN -53 0.0 zero 0.0 count 2.0 sum 0.0 + [0, 2] [1.5, 0.5]"
          + " - [] [] custom [0.5] @17";

  private static ExpositionReader reader(ExpositionFormat format, boolean classic) {
    return new BodyExpositions().reader(format, new ReaderOptions(false, false, true, classic));
  }

  private static List<String> text(String body, boolean classic) throws Exception {
    return Reading.all(reader(ExpositionFormat.TEXT, classic), Reading.bytes(body));
  }

  @Test
  void replacesTheLinesByOneHistogram() throws Exception {
    assertThat(text(BODY, false))
        .containsExactly(
            "TYPE h histogram",
            FIRST,
            SECOND,
            "{__name__=\"other\"} 1",
            "TYPE c counter",
            "{__name__=\"c_bucket\", le=\"1\"} 1");
  }

  @Test
  void putsTheHistogramBehindItsLines() throws Exception {
    List<String> both = text(BODY, true);
    assertThat(both).hasSize(13);
    assertThat(both.get(6)).isEqualTo(FIRST);
    assertThat(both.get(9)).isEqualTo(SECOND);
    both.removeAll(List.of(FIRST, SECOND));
    assertThat(both).isEqualTo(Reading.text(BODY));
  }

  @Test
  void takesTheOrderOfLabelsAndBoundsAsItComes() throws Exception {
    String body =
        """
        # TYPE h histogram
        h_bucket{x="1",le="+Inf",y="2"} 3
        h_bucket{y="2",x="1",le="1"} 2
        h_bucket{y="2",x="1",le="1.0"} 9
        h_bucket{y="2",x="1",le="NaN"} 9
        """;
    assertThat(text(body, false))
        .last()
        .isEqualTo(
            "{__name__=\"h\", x=\"1\", y=\"2\"} UNKNOWN -53 0.0 zero 0 count 3 sum 0.0"
                + " + [0, 2] [2, -1] - [] [] custom [1.0]");
  }

  @Test
  void dropsWhatContradictsItself() throws Exception {
    for (String lines :
        List.of(
            "h_bucket{le=\"1\"} 2\nh_bucket{le=\"2\"} 1\n",
            "h_bucket{le=\"1\"} -1\n",
            "h_bucket{le=\"+Inf\"} 1\nh_count 2\n",
            "h_sum 1\n")) {
      assertThat(text("# TYPE h histogram\n" + lines + "a 1\n", false))
          .as(lines)
          .containsExactly("TYPE h histogram", "{__name__=\"a\"} 1");
    }
  }

  @Test
  void collectsExemplarsThatHaveATime() throws Exception {
    String body =
        """
        # TYPE h histogram
        h_bucket{le="1"} 2 # {t="a"} 0.5 1.5
        h_bucket{le="+Inf"} 3 # {t="b"} 5
        h_count 3 # {t="c"} 5 2.5
        # EOF
        """;
    assertThat(Reading.all(reader(ExpositionFormat.OPENMETRICS, false), Reading.bytes(body)))
        .last()
        .asString()
        .endsWith(" # {t=\"a\"} 0.5 @1500 # {t=\"c\"} 5 @2500");
  }

  @Test
  void recognisesHistogramsThatAreExpected() throws Exception {
    ExpositionReader r = reader(ExpositionFormat.TEXT, false);
    byte[] body = Reading.bytes(BODY + " ");
    r.reset(body, body.length - 1);
    assertThat(r.next()).isEqualTo(ExpositionReader.Entry.TYPE);
    assertThat(r.next()).isEqualTo(ExpositionReader.Entry.HISTOGRAM);
    byte[] key = java.util.Arrays.copyOf(r.seriesBytes(), r.seriesLength());
    r.reset(body, body.length - 1);
    assertThat(r.next()).isEqualTo(ExpositionReader.Entry.TYPE);
    r.expect(key, 0, key.length);
    assertThat(r.next()).isEqualTo(ExpositionReader.Entry.HISTOGRAM);
    assertThat(r.asExpected()).isTrue();
    r.expect(key, 0, key.length);
    assertThat(r.next()).isEqualTo(ExpositionReader.Entry.HISTOGRAM);
    assertThat(r.asExpected()).isFalse();
  }
}
