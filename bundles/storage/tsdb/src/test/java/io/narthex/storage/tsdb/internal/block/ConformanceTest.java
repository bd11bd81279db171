package io.narthex.storage.tsdb.internal.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.model.LabelMatcher;
import io.narthex.storage.tsdb.internal.block.index.LabelLookup;
import io.narthex.storage.tsdb.internal.block.index.Selection;
import io.narthex.storage.tsdb.internal.block.index.SeriesIds;
import io.narthex.storage.tsdb.internal.disk.Disk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks that the reference publishes. */
class ConformanceTest {

  @TempDir Path dir;
  private Path blocks = Path.of("");

  @BeforeEach
  void find() {
    String set = System.getProperty("NARTHEX_CONFORMANCE", System.getenv("NARTHEX_CONFORMANCE"));
    Path project = Path.of("").toAbsolutePath();
    while (project.getParent() != null && !Files.exists(project.resolve("mvnw"))) {
      project = project.getParent();
    }
    Path root = set == null ? project.resolve("../shared/conformance") : Path.of(set);
    blocks = root.resolve("tsdb");
    Assumptions.assumeTrue(Files.isDirectory(blocks), () -> "no conformance data in " + root);
  }

  @Test
  void readsVersionOne() throws Exception {
    try (Block block = Block.open(Disk.SYSTEM, blocks.resolve("index_format_v1"))) {
      LabelLookup lookup = new LabelLookup(block.index());
      assertThat(lookup.names(null, 0)).containsExactly("bar", "foo");
      assertThat(lookup.values("foo", null, 0)).containsExactly("bar", "baz");
      assertThat(lookup.values("bar", null, 3)).containsExactly("0", "1", "10");
      assertThat(block.index().all().size()).isEqualTo(102);
      SeriesIds found =
          new Selection(block.index())
              .select(
                  List.of(
                      LabelMatcher.equal("foo", ""),
                      new LabelMatcher(LabelMatcher.Type.REGEX, "bar", "1.+")));
      assertThat(found.size()).isEqualTo(10);
      assertThat(lookup.values("bar", found, 0)).startsWith("10", "11");
    }
  }

  @Test
  void writesVersionOneAsVersionTwo() throws Exception {
    try (Block old = Block.open(Disk.SYSTEM, blocks.resolve("index_format_v1"));
        SeriesChunks all = old.seriesChunks()) {
      new BlockWriter(Disk.SYSTEM, dir, 1 << 20)
          .write(BlockTestKit.draft(BlockTestKit.ULID, 0, 7_200_000), all);
      try (Block block = Block.open(Disk.SYSTEM, dir.resolve(BlockTestKit.ULID.toString()))) {
        assertThat(block.meta().stats()).isEqualTo(new BlockMeta.Stats(102, 102, 0, 102, 102, 0));
        assertThat(new LabelLookup(block.index()).values("bar", null, 0))
            .containsExactlyElementsOf(new LabelLookup(old.index()).values("bar", null, 0));
      }
    }
  }

  @Test
  void refusesTheBrokenVersionByName() {
    Path broken = blocks.resolve("repair_index_version/01BZJ9WJQPWHGNC2W4J9TA62KC");
    assertThatThrownBy(() -> Block.open(Disk.SYSTEM, broken))
        .hasMessageContaining(broken.resolve("meta.json").toString())
        .hasMessageContaining("unexpected meta file version 2");
  }
}
