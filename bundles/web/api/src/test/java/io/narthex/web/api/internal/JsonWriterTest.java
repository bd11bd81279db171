package io.narthex.web.api.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.GoFloat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

  private interface Writing {
    void to(JsonWriter json) throws IOException;
  }

  private static String written(Writing writing) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonWriter json = new JsonWriter(out)) {
      writing.to(json);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void nests() throws IOException {
    assertThat(
            written(json -> {
              json.beginObject().key("a").beginArray().number(1L).number(-2L).endArray();
              json.key("b").beginObject().endObject().key("c").bool(true);
              json.key("d").nullValue().key("e").raw("{\"x\":[]}").key("f").number(0.25);
              json.endObject();
            }))
        .isEqualTo("{\"a\":[1,-2],\"b\":{},\"c\":true,\"d\":null,\"e\":{\"x\":[]},\"f\":0.25}");
  }

  @Test
  void escapesAsTheReferenceDoes() throws IOException {
    assertThat(written(json -> json.string("<a href=\"\\\">&\n\r\t\u0001\u007f\u2028\u2029")))
        .isEqualTo(
            "\"\\u003ca href=\\\"\\\\\\\"\\u003e\\u0026\\n\\r\\t\\u0001\u007f\\u2028\\u2029\"");
    assertThat(written(json -> json.string("żółw 東京 \ud83d\ude00 \ud83d lone \ude00")))
        .isEqualTo("\"żółw 東京 \ud83d\ude00 \ufffd lone \ufffd\"");
  }

  @Test
  void writesTimestampsWithTheirMilliseconds() throws IOException {
    assertThat(written(json -> json.sample(1500, 1))).isEqualTo("[1.500,\"1\"]");
    assertThat(written(json -> json.timestamp(1_795_321_858_000L))).isEqualTo("1795321858");
    assertThat(written(json -> json.timestamp(1_795_321_858_029L))).isEqualTo("1795321858.029");
    assertThat(written(json -> json.timestamp(-1))).isEqualTo("-0.001");
    assertThat(written(json -> json.timestampNumber(1500))).isEqualTo("1.5");
  }

  @Test
  void valuesAreThoseOfGoFloat() throws IOException {
    double[] special = {
      0,
      -0.0,
      1,
      -1,
      258.658,
      0.1 + 0.2,
      1e21,
      1e20,
      123456789012345680.0,
      1e-6,
      1e-7,
      0.001,
      0.0019,
      999999999999999.0,
      1e15,
      4503599627370497.5,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.MIN_VALUE,
      Double.MAX_VALUE
    };
    for (double v : special) {
      assertSame(v);
    }
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 200_000; i++) {
      assertSame(Double.longBitsToDouble(random.nextLong()));
      assertSame(random.nextInt(2_000_000) / Math.pow(10, random.nextInt(9)));
      assertSame(random.nextLong(1L << 55) / 1e3);
      assertSame(random.nextDouble() * 1000);
    }
  }

  private static void assertSame(double v) throws IOException {
    assertThat(written(json -> json.sampleValue(v))).isEqualTo("\"" + GoFloat.sample(v) + "\"");
  }

  @Test
  void keepsWhatIsLargerThanItsBuffer() throws IOException {
    String text = "ab<ż".repeat(50_000);
    String json = written(w -> w.beginArray().string(text).raw("\"" + text + "\"").endArray());
    assertThat(json).hasSize(2 + 1 + 2 + 2 + text.length() * 2 + 50_000 * 5);
  }
}
