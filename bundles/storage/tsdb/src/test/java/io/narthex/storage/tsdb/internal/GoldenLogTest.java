package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.wal.WalCompression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of the example in docs/format/wal.md. */
class GoldenLogTest {

  @TempDir Path dir;

  @Test
  void writesTheExample() throws IOException {
    TsdbOptions o = TsdbTestKit.options(dir);
    TsdbOptions plain =
        new TsdbOptions(
            dir, o.walSegmentSize(), WalCompression.NONE, true, o.chunkRange(), 120, false, 0);
    try (TsdbDatabase db = TsdbTestKit.open(plain)) {
      Appender a = db.appender();
      long ref = a.series(Labels.of("__name__", "up", "job", "x"));
      a.append(ref, 1_700_000_000_000L, 1);
      a.commit();
      a = db.appender();
      a.append(ref, 1_700_000_015_000L, 0);
      a.commit();
    }
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(dir.resolve("wal/00000000"))))
        .isEqualTo(
            "01001c8aff6ba0"
                + "01"
                + "0000000000000001"
                + "02"
                + "085f5f6e616d655f5f"
                + "027570"
                + "036a6f62"
                + "0178"
                + "01001b52fc2d95"
                + "02"
                + "0000000000000001"
                + "0000018bcfe56800"
                + "0000"
                + "3ff0000000000000"
                + "01001b1aaa3139"
                + "02"
                + "0000000000000001"
                + "0000018bcfe5a298"
                + "0000"
                + "0000000000000000");
  }
}
