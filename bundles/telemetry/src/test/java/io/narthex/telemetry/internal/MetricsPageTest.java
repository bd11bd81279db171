package io.narthex.telemetry.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.telemetry.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

  private static final String OPEN_METRICS =
      "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

  private final MetricRegistry registry = new MetricRegistry();
  private final BundleMetrics metrics = new BundleMetrics(registry);
  private final ExpositionPage page = new ExpositionPage(registry);

  private String text(String accept) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    page.write(accept, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesEveryTypeAsText() throws IOException {
    metrics.counter("b_created_total", "Help with \\ and\nnewline.").add(1234567);
    metrics.gauges("a_info", "G.", "z", "y").with("2", "quo\"te\n\\").set(-0.5);
    metrics.histogram("c_seconds", "H.", 0.1, 1).observe(0.5);
    metrics.summary("d_seconds", "S.").observe(2);
    metrics.collect("e", "E.", false, List.of("l"), s -> s.add(Double.POSITIVE_INFINITY, "x"));
    assertThat(text(""))
        .isEqualTo(
            """
            # HELP a_info G.
            # TYPE a_info gauge
            a_info{y="quo\\"te\\n\\\\",z="2"} -0.5
            # HELP b_created_total Help with \\\\ and\\nnewline.
            # TYPE b_created_total counter
            b_created_total 1.234567e+06
            # HELP c_seconds H.
            # TYPE c_seconds histogram
            c_seconds_bucket{le="0.1"} 0
            c_seconds_bucket{le="1"} 1
            c_seconds_bucket{le="+Inf"} 1
            c_seconds_sum 0.5
            c_seconds_count 1
            # HELP d_seconds S.
            # TYPE d_seconds summary
            d_seconds_sum 2
            d_seconds_count 1
            # HELP e E.
            # TYPE e gauge
            e{l="x"} +Inf
            """);
  }

  @Test
  void writesOpenMetricsForThoseWhoLikeItBetter() throws IOException {
    metrics.counter("b_total", "B.").increment();
    metrics.histogram("c", "C.", 1).observe(3);
    assertThat(text(OPEN_METRICS))
        .isEqualTo(
            """
            # HELP b B.
            # TYPE b counter
            b_total 1.0
            # HELP c C.
            # TYPE c histogram
            c_bucket{le="1.0"} 0.0
            c_bucket{le="+Inf"} 1.0
            c_sum 3.0
            c_count 1.0
            # EOF
            """);
    assertThat(page.contentType(OPEN_METRICS)).startsWith("application/openmetrics-text;");
    assertThat(page.contentType("text/html,*/*;q=0.8")).startsWith("text/plain; version=0.0.4;");
    assertThat(page.contentType("application/openmetrics-text;version=9"))
        .startsWith("text/plain;");
  }

  @Test
  void metricsLeaveWithTheirBundle() throws IOException {
    BundleMetrics other = new BundleMetrics(registry);
    Metrics.Counter mine = metrics.counter("shared_total", "S.");
    other.counter("shared_total", "S.").increment();
    other.gauge("gone", "G.", () -> 1);
    mine.increment();
    assertThat(text("")).contains("shared_total 2\n").contains("gone 1\n");
    other.leave();
    assertThat(text("")).contains("shared_total 2\n").doesNotContain("gone");
    metrics.leave();
    assertThat(text("")).isEmpty();
    assertThatThrownBy(() -> other.counter("late_total", "L."))
        .isInstanceOf(IllegalStateException.class);
    assertThat(text("")).isEmpty();
  }

  @Test
  void theNewestAnswersWhereTwoGiveTheSameLabels() throws IOException {
    metrics.gauge("g", "G.", () -> 1);
    Metrics.Registration newer = metrics.gauge("g", "G.", () -> 2);
    assertThat(text("")).contains("g 2\n").doesNotContain("g 1\n");
    newer.close();
    newer.close();
    assertThat(text("")).contains("g 1\n");
  }

  @Test
  void aFailingCallbackCostsItsOwnMetricOnly() throws IOException {
    metrics.gauge(
        "bad",
        "B.",
        () -> {
          throw new IllegalStateException("on purpose");
        });
    metrics.gauge("good", "G.", () -> 1);
    assertThat(text("")).doesNotContain("bad").contains("good 1\n");
  }

  @Test
  void refusesWhatDoesNotFit() {
    metrics.counter("x_total", "X.");
    assertThatThrownBy(() -> metrics.counters("x_total", "X.", "l"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x_total");
    assertThatThrownBy(() -> metrics.counter("x", "X."))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> metrics.gauge("1x", "X."))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
