package io.narthex.storage.tsdb.internal.compact;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.storage.tsdb.internal.block.Block;
import io.narthex.storage.tsdb.internal.block.BlockMeta;
import io.narthex.storage.tsdb.internal.block.BlockSet;
import io.narthex.storage.tsdb.internal.block.BlockWriter;
import io.narthex.storage.tsdb.internal.block.Ulid;
import io.narthex.storage.tsdb.internal.compact.MemorySeries.Sample;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.retention.RetentionPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockReloadTest {

  private static final List<String> A = List.of("__name__", "a");

  @TempDir Path dir;
  private final BlockSet set = new BlockSet(List.of());
  private BlockReload reload;
  private BlockWriter writer;
  private BlockCompactor compactor;
  private long next = 100;

  @BeforeEach
  void prepare() {
    reload = new BlockReload(Disk.SYSTEM, dir, set);
    writer = new BlockWriter(Disk.SYSTEM, dir, 1 << 20);
    compactor =
        new BlockCompactor(
            writer, () -> new Ulid(next++ << 16, 0), CompactionMetrics.NONE, new Progress());
  }

  @AfterEach
  void close() {
    set.close();
  }

  /** A block of one series with a sample each 10 from {@code from} to before {@code to}. */
  private Ulid write(long from, long to) throws IOException {
    MemorySeries series =
        new MemorySeries()
            .add(
                A,
                LongStream.iterate(from, t -> t < to, t -> t + 10)
                    .mapToObj(t -> new Sample(t, (double) t))
                    .toList());
    BlockMeta meta = compactor.write(series.begin(), from, to, List.of());
    return Objects.requireNonNull(meta).ulid();
  }

  private BlockReload.Result reload() throws IOException {
    return reload.reload(blocks -> RetentionPlan.of(blocks, 0, 0, 0));
  }

  private List<Ulid> open() {
    return set.blocks().stream().map(b -> b.meta().ulid()).toList();
  }

  private List<String> directory() {
    return List.of(Objects.requireNonNull(dir.toFile().list()));
  }

  @Test
  void opensWhatIsThereByTime() throws Exception {
    Ulid late = write(100, 200);
    Ulid early = write(0, 100);
    Files.createDirectory(dir.resolve("01DXXFZDYD1MQW6079WK0K6EDQ"));
    Files.createDirectory(dir.resolve("wal"));
    Files.writeString(dir.resolve("01DXXFZDYD1MQW6079WK0K6EDR"), "a file");
    reload();
    assertThat(open()).containsExactly(early, late);
    List<Block> before = set.blocks();
    assertThat(reload().plan().reasons()).isEmpty();
    assertThat(set.blocks()).isEqualTo(before);
  }

  @Test
  void parentsGoWhenTheirLastReaderHasGone() throws Exception {
    Ulid first = write(0, 100);
    Ulid second = write(100, 200);
    reload();
    Block held = set.blocks().getFirst();
    assertThat(held.acquire()).isTrue();
    BlockMeta made = Objects.requireNonNull(compactor.compact(set.blocks()));
    assertThat(made.compaction().parents()).extracting("ulid").containsExactly(first, second);
    assertThat(made.stats().numSamples()).isEqualTo(20);
    reload();
    assertThat(open()).containsExactly(made.ulid());
    reload.finishRemoval();
    assertThat(directory())
        .containsExactlyInAnyOrder(made.ulid().toString(), first + ".tmp-for-deletion");
    held.release();
    reload.finishRemoval();
    assertThat(directory()).containsExactly(made.ulid().toString());
    assertThat(reload.waitingForReaders()).isZero();
  }

  @Test
  void whatIsNoLongerKeptGoes() throws Exception {
    Ulid old = write(0, 100);
    Ulid fresh = write(100, 200);
    reload.reload(blocks -> RetentionPlan.of(blocks, 100, 0, 0));
    assertThat(open()).containsExactly(fresh);
    reload.finishRemoval();
    assertThat(directory()).containsExactly(fresh.toString()).doesNotContain(old.toString());
  }

  @Test
  void aBrokenBlockCostsOnlyItself() throws Exception {
    Ulid good = write(0, 100);
    Ulid bad = write(100, 200);
    Path index = dir.resolve(bad.toString()).resolve("index");
    Files.write(index, new byte[10]);
    BlockReload.Result result = reload();
    assertThat(result.failed()).containsOnlyKeys(dir.resolve(bad.toString()));
    assertThat(result.failed().get(dir.resolve(bad.toString())))
        .hasMessageContaining(index.toString());
    assertThat(open()).containsExactly(good);
  }

  @Test
  void aBrokenParentIsReplacedByItsChild() throws Exception {
    write(0, 100);
    Ulid bad = write(100, 200);
    reload();
    BlockMeta made = Objects.requireNonNull(compactor.compact(set.blocks()));
    set.replace(List.of());
    Files.write(dir.resolve(bad.toString()).resolve("index"), new byte[10]);
    assertThat(reload().failed()).isEmpty();
    reload.finishRemoval();
    assertThat(directory()).containsExactly(made.ulid().toString());
  }

  @Test
  void nothingIsLeftOfWhatIsWhollyDeleted() throws Exception {
    write(0, 100);
    Ulid other = write(100, 200);
    reload();
    Block first = set.blocks().getFirst();
    first.delete(0, 1000, List.of());
    assertThat(first.meta().stats().numTombstones()).isEqualTo(1);
    assertThat(compactor.compact(List.of(first))).isNull();
    assertThat(first.meta().compaction().deletable()).isTrue();
    reload();
    reload.finishRemoval();
    assertThat(directory()).containsExactly(other.toString());
  }

  @Test
  void aBlockIsCleaned() throws Exception {
    Ulid dirty = write(0, 100);
    reload();
    Block block = set.blocks().getFirst();
    block.delete(20, 49, List.of());
    BlockMeta made = Objects.requireNonNull(compactor.clean(block));
    assertThat(made.stats().numSamples()).isEqualTo(7);
    assertThat(made.compaction().parents()).extracting("ulid").containsExactly(dirty);
    assertThat(made.compaction().level()).isEqualTo(1);
    reload();
    assertThat(open()).containsExactly(made.ulid());
    assertThat(set.blocks().getFirst().tombstones().isEmpty()).isTrue();
  }

  @Test
  void whatFailedIsNotTriedAgainWithItsNeighbours() throws Exception {
    write(0, 100);
    Ulid bad = write(100, 200);
    reload();
    // Found while it is being compacted: the chunk's data, not what opening looks at.
    Block damaged = set.blocks().getLast();
    damaged.delete(120, 129, List.of());
    Path chunks = dir.resolve(bad.toString()).resolve("chunks/000001");
    byte[] bytes = Files.readAllBytes(chunks);
    java.util.Arrays.fill(bytes, 12, bytes.length - 4, (byte) 0xFF);
    try (var file =
        java.nio.channels.FileChannel.open(chunks, java.nio.file.StandardOpenOption.WRITE)) {
      file.write(java.nio.ByteBuffer.wrap(bytes), 0);
    }
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> compactor.compact(set.blocks()))
        .isInstanceOf(IOException.class);
    assertThat(set.blocks()).allMatch(b -> b.meta().compaction().failed());
    assertThat(directory()).hasSize(2);
  }
}
