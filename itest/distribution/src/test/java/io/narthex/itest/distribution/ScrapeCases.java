package io.narthex.itest.distribution;

import static io.narthex.itest.distribution.ScrapeCase.OPENMETRICS;
import static io.narthex.itest.distribution.ScrapeCase.PROTOBUF;
import static io.narthex.itest.distribution.ScrapeCase.TEXT;
import static io.narthex.itest.distribution.ScrapeCase.bytes;
import static io.narthex.itest.distribution.ScrapeCase.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** What targets do, well and badly; from the fifth request on they repeat themselves. */
final class ScrapeCases {

  private ScrapeCases() {}

  private static int early(int n) {
    return Math.min(n, 4);
  }

  /**
   * All cases.
   *
   * @param now milliseconds, for samples with a timestamp
   */
  static List<ScrapeCase> all(long now) {
    byte[] families = families();
    return List.of(
        text("plain", "", TEXT, n -> "a " + early(n) + "\nb{x=\"y\",job=\"own\"} NaN\nc -Inf\n"),
        text(
            "honoured",
            "honor_labels: true",
            TEXT,
            n -> "a{job=\"own\",instance=\"i\"} 1\nb{job=\"\"} 2\n"),
        text("vanishing", "", TEXT, n -> n < 3 ? "a 1\nb 2\n" : "a 1\n"),
        text("returning", "", TEXT, n -> n == 2 ? "" : "a 1\n"),
        text(
            "timestamps",
            "",
            TEXT,
            n -> "a 1 " + now + "\nb " + early(n) + " " + (now + early(n)) + "\n"),
        text("ignoredtimestamps", "honor_timestamps: false", TEXT, n -> "a 1 " + now + "\n"),
        text(
            "trackedtimestamps",
            "track_timestamps_staleness: true",
            TEXT,
            n -> n < 3 ? "a 1 " + now + "\nb 1\n" : "b 1\n"),
        text("future", "", TEXT, n -> "a 1 " + (now + 86_400_000) + "\nb 1\n"),
        text("duplicates", "", TEXT, n -> "a 1\na 2\nb 1\nb 1\n"),
        text("malformed", "", TEXT, n -> n == 1 ? "a 1\nb{ 2\n" : "a 1\n"),
        text("broken", "", TEXT, n -> "a 1\nb{x=\"y} 2\n"),
        text("unicode", "", TEXT, n -> "{\"ä.b\",\"c d\"=\"ü\\n\"} 1\n"),
        text(
            "legacynames",
            "metric_name_validation_scheme: legacy\n    metric_name_escaping_scheme: underscores",
            TEXT,
            n -> "{\"ä.b\"} 1\na 2\n"),
        text("samplelimit", "sample_limit: 2", TEXT, n -> n < 2 ? "a 1\nb 2\n" : "a 1\nb 2\nc 3\n"),
        text("labellimit", "label_limit: 3", TEXT, n -> "a{x=\"1\",y=\"2\",z=\"3\"} 1\n"),
        text(
            "labelnamelimit",
            "label_name_length_limit: 9",
            TEXT,
            n -> "a{longer_than_9=\"1\"} 1\n"),
        text(
            "labelvaluelimit",
            "label_value_length_limit: 30",
            TEXT,
            n -> "a{x=\"0123456789012345678901234567890\"} 1\n"),
        text(
            "bodylimit",
            "body_size_limit: 40B",
            TEXT,
            n -> "a 1\n" + "#".repeat(10 * early(n)) + "\n"),
        text(
            "relabelled",
            "metric_relabel_configs: [{source_labels: [__name__], regex: drop.*, action: drop},"
                + " {regex: x, action: labeldrop}]",
            TEXT,
            n -> "dropped 1\na{x=\"1\"} 1\na{x=\"2\",y=\"3\"} 2\n"),
        text("notype", "", "", n -> "a 1\n"),
        text("fallback", "fallback_scrape_protocol: OpenMetricsText1.0.0", "", n -> "a 1\n# EOF\n"),
        text("html", "", "text/html", n -> "a 1\n"),
        text(
            "openmetrics",
            "",
            OPENMETRICS,
            n ->
                "# TYPE a counter\n# HELP a h\n# UNIT a \na_total "
                    + early(n)
                    + " # {t=\"u"
                    + early(n)
                    + "\"} 0.5\na_created 1.5e9\nb 1 "
                    + now / 1000.0
                    + "\n# EOF\n"),
        text("noend", "", OPENMETRICS, n -> "a 1\n"),
        bytes("protobuf", "", PROTOBUF, n -> families),
        bytes("protobufboth", "always_scrape_classic_histograms: true", PROTOBUF, n -> families),
        bytes(
            "protobufcustom", "convert_classic_histograms_to_nhcb: true", PROTOBUF, n -> families),
        bytes("protobuflimit", "native_histogram_bucket_limit: 3", PROTOBUF, n -> families),
        bytes("protobuffactor", "native_histogram_min_bucket_factor: 4", PROTOBUF, n -> families),
        bytes("protobufbroken", "", PROTOBUF, n -> java.util.Arrays.copyOf(families, 100)),
        text("custom", "convert_classic_histograms_to_nhcb: true", TEXT, ScrapeCases::classic),
        text(
            "customboth",
            "convert_classic_histograms_to_nhcb: true\n"
                + "    always_scrape_classic_histograms: true",
            TEXT,
            ScrapeCases::classic),
        text(
            "customlimit",
            "convert_classic_histograms_to_nhcb: true\n    native_histogram_bucket_limit: 2",
            TEXT,
            ScrapeCases::classic),
        new ScrapeCase(
            "status", "", (e, n) -> ScrapeCase.send(e, n == 2 ? 503 : 200, TEXT, utf8("a 1\n"))),
        new ScrapeCase("missing", "", (e, n) -> ScrapeCase.send(e, 404, TEXT, utf8("no\n"))),
        new ScrapeCase(
            "gzip",
            "",
            (e, n) -> {
              e.getResponseHeaders().set("Content-Encoding", "gzip");
              ScrapeCase.send(e, 200, TEXT, zipped("a " + early(n) + "\n"));
            }),
        new ScrapeCase(
            "truncated",
            "",
            (e, n) -> {
              e.getResponseHeaders().set("Content-Type", TEXT);
              e.sendResponseHeaders(200, 100);
              e.getResponseBody().write(utf8("a 1\n"));
              e.getResponseBody().flush();
              e.close();
            }));
  }

  private static String classic(int n) {
    return """
    # TYPE h histogram
    h_bucket{x="1",le="1"} %1$d
    h_bucket{x="1",le="2.5"} %1$d
    h_bucket{x="1",le="10"} 7
    h_bucket{x="1",le="20"} 7
    h_bucket{x="1",le="30"} 7
    h_bucket{x="1",le="40"} 7
    h_bucket{x="1",le="+Inf"} 9
    h_sum{x="1"} 31.5
    h_count{x="1"} 9
    h_bucket{x="2",le="1"} 0.5
    h_sum{x="2"} 3
    h_count{x="2"} 2
    h_bucket{x="wrong",le="1"} 2
    h_bucket{x="wrong",le="2"} 1
    h_count{x="wrong"} 2
    other 1
    """
        .formatted(early(n));
  }

  private static byte[] utf8(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zipped(String s) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(utf8(s));
    }
    return out.toByteArray();
  }

  /** Families of all types and both kinds of histograms. */
  private static byte[] families() {
    try (InputStream in = ScrapeCases.class.getResourceAsStream("/families.pb")) {
      if (in == null) {
        throw new IllegalStateException("families.pb is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
