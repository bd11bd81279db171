package io.narthex.storage.tsdb.internal.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.block.ListedSeries.Chunk;
import io.narthex.storage.tsdb.internal.block.chunkfile.ChunkData;
import io.narthex.storage.tsdb.internal.block.chunkfile.ChunkFiles;
import io.narthex.storage.tsdb.internal.block.file.MappedFile;
import io.narthex.storage.tsdb.internal.block.index.IndexReader;
import io.narthex.storage.tsdb.internal.block.index.LabelLookup;
import io.narthex.storage.tsdb.internal.block.index.Selection;
import io.narthex.storage.tsdb.internal.block.index.SeriesEntry;
import io.narthex.storage.tsdb.internal.block.index.SeriesIds;
import io.narthex.storage.tsdb.internal.disk.MemoryDisk;
import io.narthex.storage.tsdb.internal.fuzz.Fuzz;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every file of a block, changed in many ways, is refused with its name, or gives something. */
@Timeout(1800)
class BlockFuzzTest {

  private static final Path FILE = Path.of("block", "index");
  private static final Path CHUNKS = Path.of("block", "chunks");
  private static final int TOC = 52;

  @TempDir Path dir;

  private Path block(int series, int samples) throws IOException {
    Map<Labels, List<Chunk>> content = BlockTestKit.example(series, samples);
    return BlockTestKit.write(dir, Ulid.of(series, new Random(series)), content);
  }

  private static void sum(byte[] file, long from, long length, long at) {
    if (from >= 0
        && length >= 0
        && at >= 0
        && from + length <= file.length
        && at + 4 <= file.length) {
      CRC32C crc = new CRC32C();
      crc.update(file, (int) from, (int) length);
      ByteBuffer.wrap(file).putInt((int) at, (int) crc.getValue());
    }
  }

  /** Sets right the checksums of contents, symbols, postings and all series that can be found. */
  private static void repairIndex(byte[] index) {
    if (index.length < TOC) {
      return;
    }
    ByteBuffer b = ByteBuffer.wrap(index);
    int toc = index.length - TOC;
    sum(index, toc, TOC - 4, index.length - 4);
    long symbols = b.getLong(toc);
    long table = b.getLong(toc + 40);
    for (long section : new long[] {symbols, table}) {
      if (section >= 0 && section < index.length - 4) {
        long length = b.getInt((int) section) & 0xFFFFFFFFL;
        sum(index, section + 4, length, section + 4 + length);
      }
    }
    long from = Math.clamp(b.getLong(toc + 8), 0, index.length);
    for (long at = from; at + 10 < toc; at += 16) {
      // A series of one or two bytes of length, or a list of postings behind them.
      int first = b.get((int) at) & 0xFF;
      int length = first < 128 ? first : first - 128 + 128 * (b.get((int) at + 1) & 0x7F);
      int head = first < 128 ? 1 : 2;
      if (length > 0 && at + head + length + 4 < table) {
        sum(index, at + head, length, at + head + length);
      }
    }
  }

  private static long readIndex(byte[] input) throws IOException {
    try {
      MappedFile file = MappedFile.of(FILE, MemorySegment.ofArray(input));
      IndexReader index = IndexReader.open(file);
      SeriesEntry entry = new SeriesEntry();
      long seen = 0;
      SeriesIds all = index.all();
      for (int i = 0; i < Math.min(50, all.size()); i++) {
        index.read(all.get(i), entry);
        int chunks = entry.readChunks(Long.MIN_VALUE, Long.MAX_VALUE);
        for (int c = 0; c < chunks; c++) {
          seen ^= entry.ref(c) ^ entry.minTime(c) ^ entry.maxTime(c);
        }
        entry.overlaps(0, Long.MAX_VALUE);
        for (int n = 0; n < entry.labelCount(); n++) {
          index.symbols().text(entry.name(n));
          index.symbols().text(entry.value(n));
        }
      }
      LabelLookup lookup = new LabelLookup(index);
      lookup.names(null, 0);
      lookup.values("instance", null, 0);
      lookup.values("n", all, 10);
      Selection selection = new Selection(index);
      selection.select(List.of(LabelMatcher.equal("__name__", "metric_1")));
      selection.select(
          List.of(
              new LabelMatcher(LabelMatcher.Type.REGEX, "n", "1.*|2"),
              new LabelMatcher(LabelMatcher.Type.NOT_EQUAL, "even", "x")));
      return seen;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Test
  void index() throws Exception {
    List<byte[]> seeds =
        List.of(
            Files.readAllBytes(block(3, 10).resolve("index")),
            Files.readAllBytes(block(40, 300).resolve("index")));
    Fuzz.Result result =
        new Fuzz("index", seeds, IOException.class)
            .repairing(BlockFuzzTest::repairIndex)
            .run(BlockFuzzTest::readIndex);
    assertThat(result.refused()).isBetween(result.tried() / 20, result.tried() - 1);
  }

  @Test
  void chunkFile() throws Exception {
    List<byte[]> seeds = List.of(Files.readAllBytes(block(4, 20).resolve("chunks/000001")));
    Path segment = CHUNKS.resolve("000001");
    Fuzz.Result result =
        new Fuzz("chunks", seeds, IOException.class)
            .inputs(2000)
            .run(input -> {
              try (Arena arena = Arena.ofConfined()) {
                ChunkFiles files =
                    ChunkFiles.open(new MemoryDisk().with(segment, input), CHUNKS, arena);
                ChunkData data = new ChunkData();
                IOException failure = null;
                for (int at = 0; at < input.length + 2; at += 7) {
                  try {
                    files.read(at, data);
                    files.data(at, data);
                  } catch (IOException e) {
                    // Most places are no chunk's beginning.
                    failure = e;
                  }
                }
                files.read(8, data);
                assertThat(failure).isNotNull();
              }
            });
    assertThat(result.refused()).isBetween(result.tried() / 20, result.tried() - 1);
  }

  @Test
  void tombstones() throws Exception {
    BlockTombstones.Builder some = new BlockTombstones.Builder();
    for (int i = 0; i < 20; i++) {
      some.add(i % 7, i * 1000L, i * 1100L);
    }
    List<byte[]> seeds =
        List.of(TombstoneFile.encode(BlockTombstones.NONE), TombstoneFile.encode(some.build()));
    Fuzz.Result result =
        new Fuzz("tombstones", seeds, IOException.class)
            .repairing(input -> sum(input, 5, input.length - 9L, input.length - 4L))
            .run(input -> {
              BlockTombstones read = TombstoneFile.decode(FILE, input);
              // What was read can be written and read again.
              BlockTombstones again = TombstoneFile.decode(FILE, TombstoneFile.encode(read));
              assertThat(again.count()).isEqualTo(read.count());
            });
    assertThat(result.refused()).isBetween(result.tried() / 20, result.tried() - 1);
  }

  @Test
  void metaFile() throws Exception {
    Path path = block(3, 10);
    List<byte[]> seeds =
        List.of(
            Files.readAllBytes(path.resolve("meta.json")),
            MetaFile.bytes(MetaFile.read(path).asFailed()));
    Path copy = Files.createDirectory(dir.resolve("copy"));
    Fuzz.Result result =
        new Fuzz("meta", seeds, IOException.class)
            .inputs(500)
            .run(input -> {
              Files.write(copy.resolve("meta.json"), input);
              BlockMeta meta = MetaFile.read(copy);
              assertThat(MetaFile.bytes(meta)).isNotEmpty();
            });
    assertThat(result.refused()).isBetween(result.tried() / 20, result.tried() - 1);
  }
}
