package io.narthex.storage.tsdb.internal.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.block.ListedSeries.Chunk;
import io.narthex.storage.tsdb.internal.disk.Disk;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockWriterTest {

  @TempDir Path dir;

  @Test
  void makesAWholeBlock() throws Exception {
    Path block = BlockTestKit.write(dir, BlockTestKit.ULID, BlockTestKit.example(50, 300));
    try (Stream<Path> files = Files.walk(dir)) {
      assertThat(files.filter(Files::isRegularFile).map(f -> dir.relativize(f).toString()))
          .containsExactlyInAnyOrder(
              BlockTestKit.ULID + "/meta.json",
              BlockTestKit.ULID + "/index",
              BlockTestKit.ULID + "/tombstones",
              BlockTestKit.ULID + "/chunks/000001");
    }
    assertThat(MetaFile.read(block).stats())
        .isEqualTo(new BlockMeta.Stats(15_000, 15_000, 0, 50, 150, 0));
  }

  @Test
  void cutsSegments() throws Exception {
    BlockWriter writer = new BlockWriter(Disk.SYSTEM, dir, 4096);
    try (ListedSeries source = new ListedSeries(BlockTestKit.example(20, 500))) {
      writer.write(BlockTestKit.draft(BlockTestKit.ULID, 0, 1), source);
    }
    try (Stream<Path> files =
        Files.list(dir.resolve(BlockTestKit.ULID.toString()).resolve("chunks"))) {
      assertThat(files)
          .hasSizeGreaterThan(5)
          .allSatisfy(f -> assertThat(Files.size(f)).isLessThanOrEqualTo(4096));
    }
  }

  @Test
  void makesNoBlockOfNothing() throws Exception {
    BlockWriter writer = new BlockWriter(Disk.SYSTEM, dir, 1 << 20);
    try (ListedSeries source = new ListedSeries(Map.of())) {
      assertThat(writer.write(BlockTestKit.draft(BlockTestKit.ULID, 0, 1), source)).isNull();
    }
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void leavesNothingWhenItFails() throws Exception {
    BlockWriter writer = new BlockWriter(Disk.SYSTEM, dir, 1 << 20);
    Chunk chunk = BlockTestKit.floats(new long[] {5}, new double[] {1}).getFirst();
    // Two chunks that overlap.
    try (ListedSeries source =
        new ListedSeries(Map.of(Labels.of("a", "b"), List.of(chunk, chunk)))) {
      assertThatThrownBy(() -> writer.write(BlockTestKit.draft(BlockTestKit.ULID, 0, 1), source))
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith("chunk minT 5 is not higher than previous chunk maxT 5");
    }
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void refusesSeriesOutOfOrder() {
    BlockWriter writer = new BlockWriter(Disk.SYSTEM, dir, 1 << 20);
    Chunk chunk = BlockTestKit.floats(new long[] {5}, new double[] {1}).getFirst();
    ListedSeries listed =
        new ListedSeries(
            Map.of(Labels.of("a", "b"), List.of(chunk), Labels.of("a", "c"), List.of(chunk)));
    SeriesChunks swapped = new Reversed(listed);
    assertThatThrownBy(() -> writer.write(BlockTestKit.draft(BlockTestKit.ULID, 0, 1), swapped))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("out-of-order series, number 1");
  }

  /** Gives symbols in the wrong order. */
  private record Reversed(SeriesChunks chunks) implements SeriesChunks {
    @Override
    public int symbolCount() {
      return chunks.symbolCount();
    }

    @Override
    public MemorySegment symbol(int ordinal) {
      return chunks.symbol(symbolCount() - 1 - ordinal);
    }

    @Override
    public boolean next() throws IOException {
      return chunks.next();
    }

    @Override
    public int labelCount() {
      return chunks.labelCount();
    }

    @Override
    public int nameSymbol(int i) {
      return symbolCount() - 1 - chunks.nameSymbol(i);
    }

    @Override
    public int valueSymbol(int i) {
      return symbolCount() - 1 - chunks.valueSymbol(i);
    }

    @Override
    public int chunkCount() {
      return chunks.chunkCount();
    }

    @Override
    public long minTime(int chunk) {
      return chunks.minTime(chunk);
    }

    @Override
    public long maxTime(int chunk) {
      return chunks.maxTime(chunk);
    }

    @Override
    public int encoding(int chunk) throws IOException {
      return chunks.encoding(chunk);
    }

    @Override
    public MemorySegment data(int chunk) throws IOException {
      return chunks.data(chunk);
    }

    @Override
    public void close() {
      chunks.close();
    }
  }
}
