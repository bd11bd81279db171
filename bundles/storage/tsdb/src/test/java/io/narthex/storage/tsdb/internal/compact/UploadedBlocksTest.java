package io.narthex.storage.tsdb.internal.compact;

import static io.narthex.storage.tsdb.internal.compact.Metas.block;
import static io.narthex.storage.tsdb.internal.compact.Metas.level;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.storage.tsdb.internal.block.BlockMeta;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadedBlocksTest {

  @TempDir Path dir;
  private final BlockMeta a = block(1, 0, 20);
  private final BlockMeta b = block(2, 20, 40);
  private long now;
  private Path file;
  private UploadedBlocks blocks;

  @BeforeEach
  void file() {
    file = dir.resolve("shipper.json");
    blocks = new UploadedBlocks(file, () -> now);
  }

  @Test
  void keepsWhatIsNotListed() throws Exception {
    Files.writeString(file, "{\"version\":1,\"x\":{},\"uploaded\":[\"" + a.ulid() + "\"]}");
    assertThat(blocks.test(a)).isFalse();
    assertThat(blocks.test(b)).isTrue();
    assertThat(blocks.test(level(b, 2))).isFalse();
  }

  @Test
  void readsTheFileOnceAMinute() throws Exception {
    Files.writeString(file, "{\"uploaded\":[]}");
    assertThat(blocks.test(a)).isTrue();
    Files.writeString(file, "{\"uploaded\":[\"" + a.ulid() + "\"]}");
    now += 59_999;
    assertThat(blocks.test(a)).isTrue();
    now++;
    assertThat(blocks.test(a)).isFalse();
  }

  @Test
  void keepsNothingWithoutAGoodFile() throws Exception {
    assertThat(blocks.test(a)).isFalse();
    for (String bad :
        new String[] {"", "[]", "{\"uploaded\":1}", "{\"uploaded\":[", "{\"uploaded\":[1]}"}) {
      Files.writeString(file, bad);
      now += 60_000;
      assertThat(blocks.test(a)).as(bad).isFalse();
    }
    Files.writeString(file, "{\"uploaded\":[]}");
    now += 60_000;
    assertThat(blocks.test(a)).isTrue();
  }
}
