package io.narthex.storage.tsdb.internal.block;

import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.Series;
import io.narthex.api.storage.SeriesSet;
import io.narthex.model.LabelMatcher;
import io.narthex.storage.tsdb.internal.chunk.ChunkDecoder;
import io.narthex.storage.tsdb.internal.chunk.XorChunk;
import io.narthex.storage.tsdb.internal.chunk.XorFormat;
import io.narthex.storage.tsdb.internal.chunk.XorReader;
import io.narthex.storage.tsdb.internal.disk.Disk;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A sample of a block: through index, chunk files and checksums, and, for comparison, the decoding
 * alone, as the head does it; and a series of a selection.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class BlockReadBenchmark {

  private static final int SERIES = 2000;
  private static final int CHUNKS = 4;
  private static final int PER_CHUNK = 120;
  private static final long T = 1_700_006_400_000L;

  @Param({"constant", "counter", "random"})
  public String shape;

  private Path directory;
  private Block block;
  private Querier querier;
  private final List<Series> series = new ArrayList<>();
  private final SampleBatch batch = new SampleBatch();
  private final ChunkDecoder decoder = new ChunkDecoder();
  private byte[] chunk;
  private int chunkLength;
  private SampleCursor cursor;

  @Setup
  public void setUp() throws IOException {
    directory = Files.createTempDirectory("blocks");
    Generated source = new Generated(shape);
    Ulid ulid = Ulid.of(T, new Random(1));
    BlockMeta draft =
        new BlockMeta(
            ulid,
            T,
            T + 7_200_000,
            BlockMeta.Stats.NONE,
            BlockMeta.Compaction.fromHead(ulid, List.of()));
    new BlockWriter(Disk.SYSTEM, directory, 512 << 20).write(draft, source);
    chunk = Arrays.copyOf(source.chunks[0], source.chunks[0].length + XorReader.PADDING);
    chunkLength = source.chunks[0].length;
    block = Block.open(Disk.SYSTEM, directory.resolve(ulid.toString()));
    querier = Objects.requireNonNull(BlockQuerier.open(block, 0, Long.MAX_VALUE));
    SeriesSet all = querier.select(SelectHints.samples(0, Long.MAX_VALUE, true), List.of());
    while (all.next()) {
      series.add(all.current());
    }
  }

  @TearDown
  public void tearDown() throws IOException {
    querier.close();
    block.close();
    Disk.SYSTEM.deleteTree(directory);
  }

  @Benchmark
  @OperationsPerInvocation(SERIES * CHUNKS * PER_CHUNK)
  public double sample() throws IOException {
    double sum = 0;
    for (Series s : series) {
      cursor = s.cursor(cursor);
      while (cursor.next(batch)) {
        sum += batch.values[batch.size - 1];
      }
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(PER_CHUNK)
  public double decodingAlone() {
    batch.clear();
    decoder.reset(XorFormat.ENCODING, chunk, chunkLength);
    decoder.read(batch);
    return batch.values[batch.size - 1];
  }

  @Benchmark
  @OperationsPerInvocation(SERIES)
  public int select() throws IOException {
    SeriesSet all =
        querier.select(
            SelectHints.samples(0, Long.MAX_VALUE, true),
            List.of(LabelMatcher.equal("__name__", "metric")));
    int n = 0;
    while (all.next()) {
      n += all.current().labels().size();
    }
    return n;
  }

  /** Series with the same samples. */
  private static final class Generated implements SeriesChunks {
    private final byte[][] chunks = new byte[CHUNKS][];
    private int at = -1;

    Generated(String shape) {
      Random random = new Random(1);
      double v = 0;
      for (int c = 0; c < CHUNKS; c++) {
        XorChunk out = new XorChunk();
        for (int i = 0; i < PER_CHUNK; i++) {
          v =
              switch (shape) {
                case "constant" -> 1;
                case "counter" -> v + random.nextInt(100);
                default -> random.nextDouble();
              };
          out.add(T + (c * PER_CHUNK + i) * 15_000L, v);
        }
        chunks[c] = out.toByteArray();
      }
    }

    @Override
    public int symbolCount() {
      return SERIES + 3;
    }

    @Override
    public MemorySegment symbol(int ordinal) {
      String text =
          switch (ordinal) {
            case 0 -> "__name__";
            case 1 -> "instance";
            case 2 -> "metric";
            default -> "n" + (1_000_000 + ordinal);
          };
      return MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean next() {
      return ++at < SERIES;
    }

    @Override
    public int labelCount() {
      return 2;
    }

    @Override
    public int nameSymbol(int i) {
      return i;
    }

    @Override
    public int valueSymbol(int i) {
      return i == 0 ? 2 : 3 + at;
    }

    @Override
    public int chunkCount() {
      return CHUNKS;
    }

    @Override
    public long minTime(int c) {
      return T + c * PER_CHUNK * 15_000L;
    }

    @Override
    public long maxTime(int c) {
      return T + ((c + 1) * PER_CHUNK - 1) * 15_000L;
    }

    @Override
    public int encoding(int c) {
      return XorFormat.ENCODING;
    }

    @Override
    public MemorySegment data(int c) {
      return MemorySegment.ofArray(chunks[c]);
    }

    @Override
    public void close() {}
  }
}
