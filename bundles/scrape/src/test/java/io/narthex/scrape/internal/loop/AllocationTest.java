package io.narthex.scrape.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.narthex.api.exposition.ExpositionFormat;
import io.narthex.api.exposition.ExpositionReader;
import io.narthex.api.exposition.ReaderOptions;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.exposition.internal.BodyExpositions;
import io.narthex.model.Exemplar;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.MetricMetadata;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.scrape.internal.Configs;
import io.narthex.scrape.internal.FakeMetrics;
import io.narthex.scrape.internal.cache.MetadataCache;
import io.narthex.scrape.internal.cache.SeriesCache;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AllocationTest {

  private static final int SERIES = 5_000;

  /** What a whole scrape of known series may allocate, whatever its size. */
  private static final long PER_SCRAPE = 2_000;

  private final SeriesCache series = new SeriesCache();
  private final MetadataCache metadata = new MetadataCache();
  private final CountingAppender appender = new CountingAppender();
  private final LabelsBuilder labels = new LabelsBuilder();
  private final Ingestion ingestion =
      new Ingestion(
          new Configs().build(),
          "http://host:9100/metrics",
          Features.NONE,
          new SampleLabels(new Configs().build(), Labels.of("instance", "a", "job", "b")),
          series,
          metadata,
          new ScrapeMetrics(new FakeMetrics()));

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void knownSeriesOfTheTextFormatCostNoAllocation() throws Exception {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < SERIES; i++) {
      if (i % 10 == 0) {
        body.append("# HELP m").append(i).append(" What it \\\\ is.\n# TYPE m").append(i);
        body.append(" gauge\n");
      }
      body.append("m").append(i / 10 * 10).append("{a=\"b\",i=\"").append(i).append("\"} ");
      body.append(i * 0.37).append('\n');
    }
    body.append("{\"utf.8\",a=\"b\"} 1e-7 \nplain +Inf\n late{x = \"1\"}\t17.25 12345\n");
    assertNoAllocation(ExpositionFormat.TEXT, body.toString());
  }

  @Test
  void knownSeriesOfOpenMetricsCostNoAllocation() throws Exception {
    StringBuilder body = new StringBuilder("# TYPE h histogram\n");
    for (int i = 0; i < SERIES; i++) {
      body.append("h_bucket{i=\"").append(i).append("\",le=\"1.0\"} ").append(i);
      body.append(i % 3 == 0 ? " # {trace=\"abc\"} 0.25 1700000000.5\n" : "\n");
    }
    assertNoAllocation(ExpositionFormat.OPENMETRICS, body.append("# EOF\n").toString());
  }

  private void assertNoAllocation(ExpositionFormat format, String text) throws Exception {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    byte[] room = Arrays.copyOf(body, body.length + 1);
    ExpositionReader reader = new BodyExpositions().reader(format, ReaderOptions.PLAIN);
    long time = 1_000;
    for (int warm = 0; warm < 20; warm++) {
      scrape(reader, room, body.length, time += 1_000);
    }
    long samples = appender.samples;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10; i++) {
      scrape(reader, room, body.length, time += 1_000);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(appender.samples - samples).isGreaterThanOrEqualTo(10L * SERIES);
    assertThat(allocated).as("bytes in ten scrapes").isLessThan(10 * PER_SCRAPE);
    assertThat(ingestion.seriesAdded).isZero();
  }

  private void scrape(ExpositionReader reader, byte[] room, int length, long time)
      throws ScrapeFailure {
    reader.reset(room, length);
    ingestion.body(appender, reader, labels, time, time);
  }

  /** Counts and keeps nothing. */
  private static final class CountingAppender implements Appender {
    long samples;
    private long refs;

    @Override
    public long series(Labels labels) {
      return ++refs;
    }

    @Override
    public Outcome append(long series, long timestamp, double value) {
      samples++;
      return Outcome.STORED;
    }

    @Override
    public Outcome append(long series, long timestamp, Histogram histogram) {
      return Outcome.STORED;
    }

    @Override
    public Outcome append(long series, long timestamp, FloatHistogram histogram) {
      return Outcome.STORED;
    }

    @Override
    public Outcome appendStartTimestamp(long series, long timestamp, long startTimestamp) {
      return Outcome.STORED;
    }

    @Override
    public Outcome appendExemplar(long series, Exemplar exemplar) {
      return Outcome.STORED;
    }

    @Override
    public Outcome updateMetadata(long series, MetricMetadata metadata) {
      return Outcome.STORED;
    }

    @Override
    public String explanation() {
      return "";
    }

    @Override
    public void commit() {}

    @Override
    public void rollback() {}
  }
}
