package io.narthex.storage.tsdb.internal.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.block.ListedSeries.Chunk;
import io.narthex.storage.tsdb.internal.disk.Disk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockTest {

  private static final Ulid OTHER =
      Objects.requireNonNull(Ulid.parse("01HF4ZZZZZ0123456789ABCDEG"));

  @TempDir Path dir;

  @Test
  void writtenAgainIsTheSame() throws Exception {
    Path first = BlockTestKit.write(dir, BlockTestKit.ULID, BlockTestKit.example(200, 300));
    try (Block block = Block.open(Disk.SYSTEM, first);
        SeriesChunks all = block.seriesChunks()) {
      new BlockWriter(Disk.SYSTEM, dir, 1 << 20).write(BlockTestKit.draft(OTHER, 0, 1), all);
    }
    Path second = dir.resolve(OTHER.toString());
    assertThat(second.resolve("index")).hasSameBinaryContentAs(first.resolve("index"));
    assertThat(second.resolve("chunks/000001"))
        .hasSameBinaryContentAs(first.resolve("chunks/000001"));
  }

  @Test
  void isUnmappedWhenNobodyHoldsItAnyMore() throws Exception {
    Path path = BlockTestKit.write(dir, BlockTestKit.ULID, BlockTestKit.example(3, 10));
    Block block = Block.open(Disk.SYSTEM, path);
    SeriesChunks all = block.seriesChunks();
    assertThat(all.next()).isTrue();
    block.close();
    block.close();
    assertThat(block.unmapped()).isNotDone();
    assertThat(all.next()).isTrue();
    assertThat(all.data(0).byteSize()).isPositive();
    assertThat(block.acquire()).isFalse();
    assertThatThrownBy(block::seriesChunks).hasMessageContaining("is closed");
    all.close();
    all.close();
    assertThat(block.unmapped()).isDone();
  }

  @Test
  void deletesDurably() throws Exception {
    long t = BlockTestKit.T;
    Map<Labels, List<Chunk>> series = new TreeMap<>();
    for (String name : List.of("a", "b")) {
      series.put(
          Labels.of("__name__", name),
          BlockTestKit.floats(new long[] {t + 10, t + 20, t + 30}, new double[] {1, 2, 3}));
    }
    Path path = BlockTestKit.write(dir, BlockTestKit.ULID, series);
    try (Block block = Block.open(Disk.SYSTEM, path)) {
      block.delete(t, t + 15, List.of(LabelMatcher.equal("__name__", "b")));
      block.delete(t + 25, t + 1000, List.of(LabelMatcher.equal("__name__", "b")));
      block.delete(t + 31, t + 1000, List.of(LabelMatcher.equal("__name__", "a")));
      block.delete(0, t * 2, List.of(LabelMatcher.equal("__name__", "c")));
      assertThat(block.meta().stats().numTombstones()).isEqualTo(2);
    }
    try (Block block = Block.open(Disk.SYSTEM, path);
        SeriesChunks all = block.seriesChunks()) {
      assertThat(block.meta().stats().numTombstones()).isEqualTo(2);
      assertThat(block.tombstones().count()).isEqualTo(2);
      assertThat(all.next()).isTrue();
      assertThat(all.deleted().isEmpty()).isTrue();
      assertThat(all.next()).isTrue();
      // Clipped to what the series has.
      assertThat(all.deleted()).isEqualTo(Intervals.of(t + 10, t + 15).with(t + 25, t + 30));
      assertThat(block.size())
          .isEqualTo(
              Files.size(path.resolve("index"))
                  + Files.size(path.resolve("chunks/000001"))
                  + Files.size(path.resolve("meta.json"))
                  + Files.size(path.resolve("tombstones")));
    }
  }

  @Test
  void namesWhatIsMissing() throws Exception {
    Path path = BlockTestKit.write(dir, BlockTestKit.ULID, BlockTestKit.example(3, 10));
    Files.delete(path.resolve("tombstones"));
    Block.open(Disk.SYSTEM, path).close();
    Files.delete(path.resolve("index"));
    assertThatThrownBy(() -> Block.open(Disk.SYSTEM, path))
        .hasMessageContaining(path.resolve("index").toString());
  }
}
