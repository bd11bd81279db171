package io.narthex.storage.tsdb.internal.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.storage.tsdb.internal.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetaFileTest {

  private static final Ulid A = ulid("01DXXFZDYD1MQW6079WK0K6EDQ");
  private static final Ulid B = ulid("7ZZZZZZZZZZZZZZZZZZZZZZZZZ");

  @TempDir Path dir;

  private static Ulid ulid(String text) {
    return Objects.requireNonNull(Ulid.parse(text));
  }

  @Test
  void ulids() {
    assertThat(A.toString()).isEqualTo("01DXXFZDYD1MQW6079WK0K6EDQ");
    assertThat(A.millis()).isEqualTo(1_578_316_576_717L);
    assertThat(B.toString()).isEqualTo("7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
    assertThat(B).isEqualTo(new Ulid(-1, -1)).isGreaterThan(A);
    assertThat(Ulid.parse("8ZZZZZZZZZZZZZZZZZZZZZZZZZ")).isNull();
    assertThat(Ulid.parse("01DXXFZDYD1MQW6079WK0K6EDU")).isNull();
    assertThat(Ulid.parse("01DXXFZDYD1MQW6079WK0K6ED")).isNull();
    assertThat(Ulid.parse("01dxxfzdyd1mqw6079wk0k6edq")).isEqualTo(A);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100; i++) {
      Ulid u = Ulid.of(1000 + i, random);
      assertThat(Ulid.parse(u.toString())).isEqualTo(u);
      assertThat(u.millis()).isEqualTo(1000 + i);
      assertThat(u.toString()).isGreaterThan(Ulid.of(999 + i, random).toString());
    }
  }

  @Test
  void allFields() throws Exception {
    BlockMeta meta =
        new BlockMeta(
            A,
            -5,
            7_200_000,
            new BlockMeta.Stats(6, 5, 1, 3, 4, 2),
            new BlockMeta.Compaction(
                2,
                List.of(A, B),
                true,
                List.of(new BlockMeta.Parent(B, 1, 2)),
                true,
                List.of(BlockMeta.FROM_OUT_OF_ORDER)));
    MetaFile.write(Disk.SYSTEM, dir, meta);
    assertThat(Files.readString(dir.resolve("meta.json")))
        .isEqualTo(
            """
            {
            \t"ulid": "01DXXFZDYD1MQW6079WK0K6EDQ",
            \t"minTime": -5,
            \t"maxTime": 7200000,
            \t"stats": {
            \t\t"numSamples": 6,
            \t\t"numFloatSamples": 5,
            \t\t"numHistogramSamples": 1,
            \t\t"numSeries": 3,
            \t\t"numChunks": 4,
            \t\t"numTombstones": 2
            \t},
            \t"compaction": {
            \t\t"level": 2,
            \t\t"sources": [
            \t\t\t"01DXXFZDYD1MQW6079WK0K6EDQ",
            \t\t\t"7ZZZZZZZZZZZZZZZZZZZZZZZZZ"
            \t\t],
            \t\t"deletable": true,
            \t\t"parents": [
            \t\t\t{
            \t\t\t\t"ulid": "7ZZZZZZZZZZZZZZZZZZZZZZZZZ",
            \t\t\t\t"minTime": 1,
            \t\t\t\t"maxTime": 2
            \t\t\t}
            \t\t],
            \t\t"failed": true,
            \t\t"hints": [
            \t\t\t"from-out-of-order"
            \t\t]
            \t},
            \t"version": 1
            }\
            """);
    assertThat(MetaFile.read(dir)).isEqualTo(meta);
    assertThat(dir.toFile().list()).containsExactly("meta.json");
  }

  @Test
  void whatIsEmptyIsLeftOut() throws Exception {
    BlockMeta meta =
        new BlockMeta(A, 0, 1, BlockMeta.Stats.NONE, BlockMeta.Compaction.fromHead(A, List.of()));
    MetaFile.write(Disk.SYSTEM, dir, meta);
    assertThat(Files.readString(dir.resolve("meta.json")))
        .contains("\"stats\": {},")
        .doesNotContain("deletable", "failed", "parents", "hints");
    assertThat(MetaFile.read(dir)).isEqualTo(meta);
  }

  @Test
  void unknownFieldsArePassedOver() throws Exception {
    Files.writeString(
        dir.resolve("meta.json"),
        """
        {"version":1,"ulid":"01DXXFZDYD1MQW6079WK0K6EDQ","minTime":1,"maxTime":2,"stats":null,
        "thanos":{"labels":{"a":["b"]}},"compaction":{"level":1,"x":[[1]]}}\
        """);
    assertThat(MetaFile.read(dir).maxTime()).isEqualTo(2);
  }

  @Test
  void badFiles() {
    assertBad("", "meta.json");
    assertBad("{\"version\":2}", "unexpected meta file version 2");
    assertBad("{\"version\":1}", "no ulid");
    assertBad("{\"version\":1,\"ulid\":\"x\"}", "\"x\" is no ULID");
    assertBad("{\"version\":1,\"ulid\":5}", "VALUE_STRING expected");
    assertBad("{\"version\":\"1\"}", "VALUE_NUMBER_INT expected");
    assertBad("{\"minTime\":1e99}", "VALUE_NUMBER_INT expected");
    assertBad("{\"minTime\":99999999999999999999}", "out of range");
    assertBad("{\"version\":1,\"compaction\":{\"sources\":[", "meta.json");
    assertBad("{\"version\":1,\"compaction\":{\"deletable\":1}}", "meta.json");
    assertBad("[".repeat(100), "meta.json");
    assertBad(
        "{\"version\":1,\"ulid\":\"" + A + "\",\"minTime\":2,\"maxTime\":1}", "is after maxTime");
  }

  private void assertBad(String text, String message) {
    assertThatThrownBy(
            () -> {
              Files.writeString(dir.resolve("meta.json"), text);
              MetaFile.read(dir);
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("meta.json");
  }
}
