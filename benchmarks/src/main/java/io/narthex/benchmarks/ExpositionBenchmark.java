package io.narthex.benchmarks;

import io.narthex.api.exposition.ExpositionException;
import io.narthex.api.exposition.ExpositionFormat;
import io.narthex.api.exposition.ReaderOptions;
import io.narthex.api.exposition.ExpositionReader;
import io.narthex.api.exposition.ExpositionReader.Entry;
import io.narthex.exposition.internal.BodyExpositions;
import io.narthex.model.LabelsBuilder;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading a body of the text format, without and with its labels. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ExpositionBenchmark {

  private final ExpositionReader reader =
      new BodyExpositions().reader(ExpositionFormat.TEXT, ReaderOptions.PLAIN);
  private final LabelsBuilder labels = new LabelsBuilder();
  private byte[] body = new byte[1];

  /** What one call has read. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Read {
    public long bytes;
    public long samples;
  }

  @Setup
  public void load() {
    byte[] read = SampleBodies.load();
    body = Arrays.copyOf(read, read.length + 1);
  }

  @Benchmark
  public double samples(Read read) throws ExpositionException {
    double sum = 0;
    reader.reset(body, body.length - 1);
    for (Entry e = reader.next(); e != Entry.END; e = reader.next()) {
      if (e == Entry.SERIES) {
        sum += reader.value();
        read.samples++;
      }
    }
    read.bytes += body.length - 1;
    return sum;
  }

  @Benchmark
  public int labels(Read read) throws ExpositionException {
    int sum = 0;
    reader.reset(body, body.length - 1);
    for (Entry e = reader.next(); e != Entry.END; e = reader.next()) {
      if (e == Entry.SERIES) {
        reader.labels(labels);
        sum += labels.size();
        read.samples++;
      }
    }
    read.bytes += body.length - 1;
    return sum;
  }
}
