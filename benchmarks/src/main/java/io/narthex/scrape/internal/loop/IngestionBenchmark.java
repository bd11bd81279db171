package io.narthex.scrape.internal.loop;

import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.config.NameEscaping;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.exposition.ExpositionFormat;
import io.narthex.api.exposition.ReaderOptions;
import io.narthex.api.exposition.ExpositionReader;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.telemetry.Metrics;
import io.narthex.benchmarks.ExpositionBenchmark.Read;
import io.narthex.benchmarks.SampleBodies;
import io.narthex.exposition.internal.BodyExpositions;
import io.narthex.model.Exemplar;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.MetricMetadata;
import io.narthex.model.NameValidation;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.scrape.internal.cache.MetadataCache;
import io.narthex.scrape.internal.cache.SeriesCache;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a body to an appender that stores nothing: what a scrape costs apart from HTTP and TSDB. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class IngestionBenchmark {

  /** Whether every body has the order of the one before. */
  @Param({"same", "shuffled"})
  public String order = "same";

  private final List<byte[]> bodies = new ArrayList<>();
  private final ExpositionReader reader =
      new BodyExpositions().reader(ExpositionFormat.TEXT, ReaderOptions.PLAIN);
  private final LabelsBuilder labels = new LabelsBuilder();
  private final Appender appender = new NullAppender();
  private final Ingestion ingestion =
      new Ingestion(
          job(),
          "http://host:9100/metrics",
          Features.NONE,
          new SampleLabels(job(), Labels.of("instance", "host:9100", "job", "node")),
          new SeriesCache(),
          new MetadataCache(),
          new ScrapeMetrics(nothing(Metrics.class)));
  private int next;
  private long time;

  @Setup
  public void load() {
    String text = new String(SampleBodies.load(), StandardCharsets.UTF_8);
    for (int i = 0; i < 8; i++) {
      List<String> lines = new ArrayList<>(text.lines().toList());
      if (order.equals("shuffled")) {
        Collections.shuffle(lines, new Random(i));
      }
      byte[] body = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
      bodies.add(Arrays.copyOf(body, body.length + 1));
    }
  }

  @Benchmark
  public int scrape(Read read) throws Exception {
    byte[] body = bodies.get(next++ & 7);
    time += 1_000;
    reader.reset(body, body.length - 1);
    ingestion.body(appender, reader, labels, time, time);
    read.bytes += body.length - 1;
    read.samples += ingestion.total;
    return ingestion.added;
  }

  private static ScrapeConfig job() {
    return new ScrapeConfig(
        "node",
        false,
        true,
        false,
        Map.of(),
        1_000,
        1_000,
        List.of(),
        "",
        false,
        false,
        false,
        false,
        "",
        "/metrics",
        "http",
        true,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        NameValidation.UTF8,
        NameEscaping.ALLOW_UTF_8,
        HttpClientConfig.DEFAULT,
        List.of(),
        List.of(),
        List.of());
  }

  /** An object of the interface whose methods give such objects, numbers 0, or nothing. */
  private static <T> T nothing(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Class<?> result = method.getReturnType();
              return result.isInterface() ? nothing(result) : result == double.class ? 0.0 : null;
            }));
  }

  /** Takes everything. */
  private static final class NullAppender implements Appender {
    private long refs;

    @Override
    public long series(Labels set) {
      return ++refs;
    }

    @Override
    public Outcome append(long series, long timestamp, double value) {
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
