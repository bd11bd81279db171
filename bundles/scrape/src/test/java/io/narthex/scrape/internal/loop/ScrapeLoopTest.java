package io.narthex.scrape.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.ScrapeProtocol;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.scrape.TargetsView.Health;
import io.narthex.model.Labels;
import io.narthex.model.relabel.RelabelAction;
import io.narthex.scrape.internal.Configs;
import io.narthex.scrape.internal.FakeHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScrapeLoopTest {

  private final LoopBench bench = new LoopBench();

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  private static String series(String name, String value, long at) {
    return "{__name__=\"" + name + "\", instance=\"host:9100\", job=\"job\"} " + value + " @" + at;
  }

  @Test
  void appendsSamplesAndReport() throws Exception {
    bench.scrape("a 1\nb{x=\"y\"} 2.5\n");
    long at = bench.lastTime();
    assertThat(bench.storage.lines)
        .containsExactly(
            series("a", "1", at),
            "{__name__=\"b\", instance=\"host:9100\", job=\"job\", x=\"y\"} 2.5 @" + at,
            series("up", "1", at),
            series("scrape_duration_seconds", "0", at),
            series("scrape_samples_scraped", "2", at),
            series("scrape_samples_post_metric_relabeling", "2", at),
            series("scrape_series_added", "2", at));
    assertThat(bench.target.status().health()).isEqualTo(Health.UP);
    bench.storage.drain();
    bench.scrape("a 2\nb{x=\"y\"} 3\n");
    assertThat(bench.storage.drainReport()).containsEntry("scrape_series_added", "0");
    assertThat(bench.lastTime()).isEqualTo(at + 10_000);
  }

  @Test
  void asksInTheReferencesWay() throws Exception {
    bench.job.params = Map.of("module", List.of("http 2xx", "b"));
    bench.labels = Labels.of("__address__", "host:9100", "__param_module", "x y");
    bench.scrape("");
    HttpRequest r = bench.http.requests.get(0);
    assertThat(r.uri()).hasToString("http://host:9100/metrics?module=x+y&module=b");
    assertThat(r.headers())
        .containsEntry(
            "Accept",
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                + "application/openmetrics-text;version=0.0.1;q=0.5,"
                + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2")
        .containsEntry("Accept-Encoding", "gzip")
        .containsEntry("User-Agent", "Prometheus/3.14.0")
        .containsEntry("X-Prometheus-Scrape-Timeout-Seconds", "10");
    assertThat(r.timeout()).hasSeconds(10);
  }

  @Test
  void offersProtobufWhereTheJobNamesIt() {
    bench.job.protocols =
        List.of(ScrapeProtocol.PROMETHEUS_PROTO, ScrapeProtocol.PROMETHEUS_TEXT_0_0_4);
    bench.job.compression = false;
    assertThat(Fetcher.accept(bench.job.build()))
        .isEqualTo(
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily"
                + ";encoding=delimited;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.4");
  }

  @Test
  void storesHistogramsOfTargetsThatAskForIt() throws Exception {
    bench.labels =
        Labels.of("__address__", "host:9100", "__convert_classic_histograms_to_nhcb__", "true");
    String body =
        "# TYPE h histogram\nh_bucket{le=\"1\"} 1\nh_bucket{le=\"2\"} 3\nh_bucket{le=\"+Inf\"} 3\n"
            + "h_sum 4\nh_count 3\na 1\n";
    bench.scrape(body);
    long at = bench.lastTime();
    assertThat(bench.storage.drainSamples())
        .containsExactly(series("h", "schema -53 buckets [1.0, 2.0]", at), series("a", "1", at));
    bench.scrape("a 2\n");
    assertThat(bench.storage.drainSamples())
        .containsExactly(
            series("a", "2", bench.lastTime()), series("h", "stale", bench.lastTime()));
    bench.scrape(body);
    assertThat(bench.storage.drainReport())
        .containsEntry("scrape_samples_scraped", "2")
        .containsEntry("scrape_series_added", "1");
  }

  @Test
  void failsWhereAHistogramHasTooManyBuckets() throws Exception {
    bench.job.toNhcb = true;
    bench.job.bucketLimit = 2;
    bench.scrape(
        "# TYPE h histogram\nh_bucket{le=\"1\"} 1\nh_bucket{le=\"2\"} 3\nh_bucket{le=\"+Inf\"} 4\n"
            + "a 1\n");
    assertThat(bench.target.status().error()).isEqualTo("histogram bucket limit exceeded");
    assertThat(bench.storage.drainReport())
        .containsEntry("up", "0")
        .containsEntry("scrape_samples_scraped", "2");
  }

  @Test
  void marksSeriesThatAreGone() throws Exception {
    bench.scrape("a 1\nb 1\n");
    bench.storage.drain();
    bench.scrape("a 2\n");
    long at = bench.lastTime();
    assertThat(bench.storage.drainSamples())
        .containsExactly(series("a", "2", at), series("b", "stale", at));
    bench.scrape("a 3\n");
    assertThat(bench.storage.drainSamples()).hasSize(1);
    bench.scrape("a 3\nb 4\n");
    assertThat(bench.storage.drainReport()).containsEntry("scrape_series_added", "1");
  }

  @Test
  void marksEverythingWhenARequestFails() throws Exception {
    bench.scrape("a 1\nb 1\n");
    bench.storage.drain();
    bench.scrape(() -> {
      throw new IOException("Get \"http://host:9100/metrics\": connection refused");
    });
    long at = bench.lastTime();
    assertThat(bench.target.status().error())
        .isEqualTo("Get \"http://host:9100/metrics\": connection refused");
    assertThat(bench.storage.lines)
        .contains(series("a", "stale", at), series("b", "stale", at), series("up", "0", at));
    bench.storage.drain();
    bench.scrape("a 1\n");
    // The series was known before, so that it is not new.
    assertThat(bench.storage.drainReport()).containsEntry("scrape_series_added", "0");
  }

  @Test
  void rollsBackABodyThatBreaks() throws Exception {
    bench.scrape("a 1\nb 1\n");
    bench.storage.drain();
    bench.scrape("a 2\n!\n");
    long at = bench.lastTime();
    assertThat(bench.storage.lines)
        .contains(series("b", "stale", at))
        .doesNotContain(series("a", "2", at), series("a", "stale", at));
    assertThat(bench.target.status().error())
        .isEqualTo("expected a valid start token, got \"!\" (\"INVALID\") while parsing: \"!\"");
    assertThat(bench.storage.drainReport())
        .containsEntry("up", "0")
        .containsEntry("scrape_samples_scraped", "1");
  }

  @Test
  void namesTheStatusOfOtherAnswers() throws Exception {
    bench.scrape(() -> FakeHttp.answer(404, "", "", new byte[0]));
    assertThat(bench.target.status().error())
        .isEqualTo("server returned HTTP status 404 Not Found");
    bench.scrape(() -> {
      throw new HttpTimeoutException("Get \"url\": context deadline exceeded");
    });
    assertThat(bench.target.status().error()).isEqualTo("Get \"url\": context deadline exceeded");
  }

  @Test
  void keepsTargetLabelsOrHonoursExposedOnes() throws Exception {
    String body = "a{job=\"x\",instance=\"\",exported_job=\"y\"} 1\n";
    bench.scrape(body);
    assertThat(bench.storage.lines.get(0))
        .startsWith(
            "{__name__=\"a\", exported_exported_job=\"x\", exported_job=\"y\","
                + " instance=\"host:9100\", job=\"job\"} 1");
  }

  @Test
  void honoursExposedLabels() throws Exception {
    bench.job.honorLabels = true;
    bench.scrape("a{job=\"x\"} 1\n");
    assertThat(bench.storage.lines.get(0))
        .startsWith("{__name__=\"a\", instance=\"host:9100\", job=\"x\"} 1");
    bench.storage.drain();
    bench.scrape("b{job=\"\"} 1\n");
    assertThat(bench.storage.drainSamples().get(0))
        .startsWith("{__name__=\"b\", instance=\"host:9100\"} 1");
  }

  @Test
  void takesExposedTimestampsWithoutTrackingThem() throws Exception {
    bench.scrape("a 1 5000\nb 1\n");
    assertThat(bench.storage.drainSamples().get(0)).endsWith(" 1 @5000");
    bench.scrape("b 1\n");
    assertThat(bench.storage.drainSamples()).hasSize(1);
  }

  @Test
  void tracksExposedTimestampsIfToldTo() throws Exception {
    bench.job.trackTimestamps = true;
    bench.scrape("a 1 5000\nb 1\n");
    bench.storage.drain();
    bench.scrape("b 1\n");
    assertThat(bench.storage.drainSamples()).contains(series("a", "stale", bench.lastTime()));
  }

  @Test
  void ignoresExposedTimestampsIfToldTo() throws Exception {
    bench.job.honorTimestamps = false;
    bench.scrape("a 1 5000\n");
    assertThat(bench.storage.drainSamples()).containsExactly(series("a", "1", bench.lastTime()));
  }

  @Test
  void countsSamplesThatTheStorageRefuses() throws Exception {
    bench.storage.minValid = 10;
    bench.scrape("a 1 5\nb 1\nb 2\nc 1 99999999999999\n");
    assertThat(bench.registry.get("prometheus_target_scrapes_sample_out_of_bounds_total"))
        .isEqualTo(2);
    assertThat(bench.registry.get("prometheus_target_scrapes_sample_duplicate_timestamp_total"))
        .isEqualTo(1);
    assertThat(bench.storage.drainReport())
        .containsEntry("up", "1")
        .containsEntry("scrape_samples_scraped", "4")
        .containsEntry("scrape_samples_post_metric_relabeling", "4")
        .containsEntry("scrape_series_added", "1");
    bench.scrape("b 1 20\nb 1 15\n");
    assertThat(bench.registry.get("prometheus_target_scrapes_sample_out_of_order_total"))
        .isEqualTo(2);
  }

  @Test
  void failsForASampleThatIsInvalid() throws Exception {
    bench.scrape("invalid NaN\n");
    assertThat(bench.target.status().error()).isEqualTo("it is broken");
    assertThat(bench.storage.rollbacks).isEqualTo(1);
  }

  @Test
  void makesSeriesAnewThatTheStorageHasForgotten() throws Exception {
    bench.scrape("a 1\n");
    bench.storage.collectGarbage();
    bench.storage.drain();
    bench.scrape("a 2\n");
    long at = bench.lastTime();
    assertThat(bench.storage.lines).contains(series("a", "2", at), series("up", "1", at));
    bench.storage.drain();
    bench.scrape("a 3\n");
    assertThat(bench.storage.drainSamples()).containsExactly(series("a", "3", bench.lastTime()));
  }

  @Test
  void relabelsAndDrops() throws Exception {
    bench.job.metricRelabel =
        List.of(
            Configs.rule(RelabelAction.DROP, "__name__", "go_.*", "", "$1"),
            Configs.rule(RelabelAction.REPLACE, "__name__", "(b)", "copy", "$1"));
    bench.scrape("go_x 1\nb 2\n");
    assertThat(bench.storage.drainReport())
        .containsEntry("scrape_samples_scraped", "2")
        .containsEntry("scrape_samples_post_metric_relabeling", "1");
    bench.scrape("go_x 1\nb 2\n");
    assertThat(bench.storage.drainSamples()).hasSize(1).first().asString().contains("copy=\"b\"");
  }

  @Test
  void failsWithoutAName() throws Exception {
    bench.job.metricRelabel =
        List.of(Configs.rule(RelabelAction.LABELDROP, "", "__name__", "", "$1"));
    bench.scrape("b 2\n");
    assertThat(bench.target.status().error()).isEqualTo("missing metric name (__name__ label)");
  }

  @Test
  void rollsBackOverTheSampleLimit() throws Exception {
    bench.job.sampleLimit = 2;
    bench.scrape("a 1\nb 1\n");
    bench.storage.drain();
    bench.scrape("a 1\nb 1\nc 1\nd 1\n");
    assertThat(bench.target.status().error()).isEqualTo("sample limit exceeded");
    assertThat(bench.storage.lines).noneMatch(l -> l.contains("\"a\"") || l.contains("stale"));
    assertThat(bench.storage.drainReport())
        .containsEntry("scrape_samples_scraped", "4")
        .containsEntry("scrape_samples_post_metric_relabeling", "4")
        .containsEntry("scrape_series_added", "0");
    assertThat(bench.registry.get("prometheus_target_scrapes_exceeded_sample_limit_total"))
        .isEqualTo(1);
  }

  @Test
  void failsOverLabelLimits() throws Exception {
    bench.job.labelLimit = 4;
    bench.scrape("a{b=\"1\",c=\"2\"} 1\n");
    assertThat(bench.target.status().error())
        .isEqualTo("label_limit exceeded (metric: a, number of labels: 5, limit: 4)");
    assertThat(bench.registry.get("prometheus_target_scrape_pool_exceeded_label_limits_total"))
        .isEqualTo(1);
  }

  @Test
  void failsOverLabelLengths() throws Exception {
    bench.job.labelValueLengthLimit = 10;
    bench.scrape("a{b=\"12345678901\"} 1\n");
    assertThat(bench.target.status().error())
        .isEqualTo(
            "label_value_length_limit exceeded (metric: a, label name: b, value:"
                + " \"12345678901\", length: 11, limit: 10)");
  }

  @Test
  void failsAtTheBodySizeLimitExactly() throws Exception {
    bench.job.bodySizeLimit = 4;
    bench.job.extraMetrics = true;
    bench.scrape("a 1\n");
    assertThat(bench.target.status().error()).isEqualTo("body size limit exceeded");
    assertThat(bench.storage.drainReport()).containsEntry("scrape_body_size_bytes", "-1");
    bench.scrape("a 1");
    assertThat(bench.storage.drainReport())
        .containsEntry("scrape_body_size_bytes", "3")
        .containsEntry("scrape_timeout_seconds", "10")
        .containsEntry("scrape_sample_limit", "0");
    assertThat(bench.registry.get("prometheus_target_scrapes_exceeded_body_size_limit_total"))
        .isEqualTo(1);
  }

  @Test
  void readsGzip() throws Exception {
    byte[] plain = "a 1\n".repeat(50_000).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    bench.scrape(() -> FakeHttp.answer(200, "text/plain", "gzip", packed.toByteArray()));
    assertThat(bench.storage.drainReport()).containsEntry("scrape_samples_scraped", "50000");
    byte[] broken = packed.toByteArray();
    broken[broken.length - 5] ^= 1;
    bench.scrape(() -> FakeHttp.answer(200, "text/plain", "gzip", broken));
    assertThat(bench.target.status().error()).isEqualTo("gzip: invalid checksum");
    bench.scrape(() -> FakeHttp.answer(200, "text/plain", "gzip", plain));
    assertThat(bench.target.status().error()).isEqualTo("gzip: invalid header");
    bench.scrape(() -> FakeHttp.answer(200, "text/plain", "gzip", bytes("a 1\n")));
    assertThat(bench.target.status().error()).isEqualTo("unexpected EOF");
    bench.scrape(() ->
        FakeHttp.answer(
            200, "text/plain", "gzip", java.util.Arrays.copyOf(packed.toByteArray(), 30)));
    assertThat(bench.target.status().error()).isEqualTo("unexpected EOF");
  }

  @Test
  void stopsABodyWithoutEnd() throws Exception {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'a';
          }

          @Override
          public int read(byte[] b, int off, int len) {
            java.util.Arrays.fill(b, off, off + len, (byte) 'a');
            return len;
          }
        };
    bench.scrape(() -> FakeHttp.answer(200, "text/plain", "", endless));
    assertThat(bench.target.status().error())
        .startsWith("body size limit exceeded: ")
        .endsWith("no memory is left for more");
    assertThat(bench.bodies.taken()).isLessThanOrEqualTo(8 << 20);
  }

  @Test
  void choosesTheParserByContentType() throws Exception {
    bench.scrape(() -> FakeHttp.answer(200, "", "", bytes("a 1\n")));
    assertThat(bench.target.status().error())
        .isEqualTo(
            "non-compliant scrape target sending blank Content-Type and no"
                + " fallback_scrape_protocol specified for target");
    bench.scrape(() -> FakeHttp.answer(200, "text/html; charset=utf-8", "", bytes("a 1\n")));
    assertThat(bench.target.status().error())
        .isEqualTo(
            "received unsupported Content-Type \"text/html; charset=utf-8\" and no"
                + " fallback_scrape_protocol specified for target");
    bench.scrape(() -> FakeHttp.answer(200, "foo/", "", bytes("a 1\n")));
    assertThat(bench.target.status().error())
        .isEqualTo(
            "cannot parse Content-Type \"foo/\" and no fallback_scrape_protocol for target\n"
                + "mime: expected token after slash");
    bench.scrape(() ->
        FakeHttp.answer(
            200, "application/openmetrics-text; version=1.0.0", "", bytes("a 1\n# EOF\n")));
    assertThat(bench.target.status().error()).isEmpty();
    bench.scrape(() -> FakeHttp.answer(200, "application/vnd.google.protobuf", "", bytes("a")));
    assertThat(bench.target.status().error())
        .isEqualTo(
            "clientpb: insufficient length of buffer, expected at least 98 bytes, got 1 bytes");
  }

  @Test
  void fallsBackToTheNamedProtocol() throws Exception {
    bench.job.fallback = "OpenMetricsText1.0.0";
    bench.scrape(() -> FakeHttp.answer(200, "text/html", "", bytes("a 1\n# EOF\n")));
    assertThat(bench.target.status().error()).isEmpty();
  }

  @Test
  void alignsTimestampsWithinTheTolerance() throws Exception {
    bench.scrape("a 1\n");
    long first = bench.lastTime();
    bench.time.jumpWall(1_500_000);
    bench.scrape("a 1\n");
    assertThat(bench.lastTime()).isEqualTo(first + 10_000);
    bench.time.jumpWall(8_000_000);
    bench.scrape("a 1\n");
    assertThat(bench.lastTime()).isEqualTo(first + 20_009);
  }

  @Test
  void scrapesAtOnceAfterAMissedTickAndDropsFurtherOnes() throws Exception {
    bench.scrape("a 1\n");
    long first = bench.lastTime();
    int before = bench.http.requests.size();
    bench.scrape(() -> {
      if (bench.http.requests.size() == before + 1) {
        bench.time.elapse(25 * LoopBench.SECOND);
      }
      return FakeHttp.text("a 2\n");
    });
    // Due after 10 s, under way until 35 s, then at once.
    assertThat(bench.http.requests).hasSize(before + 2);
    assertThat(bench.lastTime()).isEqualTo(first + 35_000);
    bench.scrape("a 3\n");
    assertThat(bench.http.requests).hasSize(before + 3);
    assertThat(bench.lastTime()).isEqualTo(first + 40_000);
  }

  @Test
  void marksItsSeriesAfterItsEnd() throws Exception {
    bench.scrape("a 1\n");
    bench.storage.drain();
    long last = bench.lastTime();
    bench.loop.stop();
    bench.time.advance((last + 20_999 - bench.now()) * 1_000_000, 1);
    assertThat(bench.storage.drain()).isEmpty();
    bench.time.elapse(2_000_000);
    bench.awaitEnd();
    assertThat(bench.storage.lines)
        .contains(
            series("a", "stale", last + 10_000),
            series("up", "stale", last + 10_000),
            series("scrape_series_added", "stale", last + 10_000));
  }

  @Test
  void leavesNoMarksIfToldSoOrCancelled() throws Exception {
    bench.scrape("a 1\n");
    bench.storage.drain();
    bench.loop.stop();
    bench.time.settle(1);
    bench.loop.cancel();
    bench.awaitEnd();
    assertThat(bench.storage.drain()).isEmpty();
  }

  @Test
  void endsARequestUnderWayAndWritesNothing() throws Exception {
    bench.scrape("a 1\n");
    bench.storage.drain();
    CountDownLatch inside = new CountDownLatch(1);
    Thread mover =
        Thread.ofVirtual()
            .start(() -> {
              try {
                bench.scrape(() -> {
                  inside.countDown();
                  new CountDownLatch(1).await();
                  throw new AssertionError();
                });
              } catch (Exception | AssertionError e) {
                // The loop ends instead of waiting again.
              }
            });
    assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();
    bench.loop.cancel();
    bench.awaitEnd();
    assertThat(bench.storage.drain()).isEmpty();
    mover.interrupt();
    mover.join();
  }

  @Test
  void failsWithoutARequestWhenForced() throws Exception {
    bench.scrape("a 1\n");
    int requests = bench.http.requests.size();
    bench.storage.drain();
    bench.loop.forceError("target_limit exceeded (number of targets: 2, limit: 1)");
    bench.scrape("a 2\n");
    assertThat(bench.http.requests).hasSize(requests);
    assertThat(bench.target.status().error()).startsWith("target_limit exceeded");
    assertThat(bench.storage.lines).contains(series("a", "stale", bench.lastTime()));
  }

  @Test
  void handsMetadataToViewsAndStorage() throws Exception {
    bench.features = Features.of(List.of("metadata-wal-records"));
    String body = "# HELP a_total Counts\\n it.\n# TYPE a_total counter\na_total 1\nb 1\n";
    bench.scrape(body);
    assertThat(bench.loop.memory().metadata().entries())
        .extracting(e -> e.family() + " " + e.metadata().type() + " " + e.metadata().help())
        .containsExactly("a_total COUNTER Counts\n it.");
    assertThat(bench.storage.metadata.keySet().stream().map(Labels::metricName))
        .containsExactlyInAnyOrderElementsOf(
            Set.of(
                "a_total",
                "up",
                "scrape_duration_seconds",
                "scrape_samples_scraped",
                "scrape_samples_post_metric_relabeling",
                "scrape_series_added"));
    for (int i = 0; i < 11; i++) {
      assertThat(bench.loop.memory().metadata().size()).as("after %d", i).isEqualTo(1);
      bench.scrape("b 1\n");
    }
    assertThat(bench.loop.memory().metadata().size()).isZero();
  }

  @Test
  void handsExemplarsAndStartTimestampsToTheStorage() throws Exception {
    bench.features = Features.of(List.of("exemplar-storage", "created-timestamp-zero-ingestion"));
    bench.scrape(() ->
        FakeHttp.answer(
            200,
            "application/openmetrics-text",
            "",
            bytes(
                "# TYPE a counter\na_total 1 # {t=\"1\"} 0.5 2\na_total{x=\"1\"} 1 # {t=\"2\"}"
                    + " 3\na_created{x=\"1\"} 9\n# EOF\n")));
    long at = bench.lastTime();
    assertThat(bench.storage.exemplars)
        .containsExactly(
            series("a_total", "", 0).replace("  @0", " {t=\"1\"} 0.5 @2000"),
            "{__name__=\"a_total\", instance=\"host:9100\", job=\"job\", x=\"1\"} {t=\"2\"} 3.0 @"
                + at);
    assertThat(bench.storage.lines).anyMatch(l -> l.endsWith("x=\"1\"} starts @9000"));
  }

  @Test
  void surivesACommitThatFails() throws Exception {
    bench.storage.failCommits = true;
    bench.scrape("a 1\n");
    assertThat(bench.storage.lines).isEmpty();
    bench.storage.failCommits = false;
    bench.scrape("a 2\n");
    assertThat(bench.storage.drainSamples()).containsExactly(series("a", "2", bench.lastTime()));
  }

  @Test
  void logsFailedRequests() throws Exception {
    bench.start();
    StringBuilder logged = new StringBuilder();
    bench.loop.setFailureLog((error, target) -> logged.append(error).append(' ').append(target));
    bench.scrape(() -> FakeHttp.answer(500, "", "", new byte[0]));
    assertThat(logged)
        .hasToString("server returned HTTP status 500 Status http://host:9100/metrics");
  }

  private static byte[] bytes(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }
}
