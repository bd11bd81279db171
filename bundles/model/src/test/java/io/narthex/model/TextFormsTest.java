package io.narthex.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations, numbers, quoted strings, names and checksums. */
class TextFormsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0s",
    "0s, 0, 0s",
    "1ms, 1, 1ms",
    "1s, 1000, 1s",
    "90s, 90000, 1m30s",
    "1h30m, 5400000, 1h30m",
    "1d, 86400000, 1d",
    "7d, 604800000, 1w",
    "90d, 7776000000, 90d",
    "1y, 31536000000, 1y",
    "365d, 31536000000, 1y",
    "1y2w3d4h5m6s7ms, 33019506007, 382d4h5m6s7ms",
    "8d, 691200000, 8d",
    "24h, 86400000, 1d",
    "1w1d, 691200000, 8d"
  })
  void readsAndWritesDurations(String text, long millis, String written) {
    if (written != null) {
      assertThat(PromDuration.parse(text)).isEqualTo(millis);
      assertThat(PromDuration.format(millis)).isEqualTo(written);
    }
    assertThat(PromDuration.parse(PromDuration.format(PromDuration.parse(text))))
        .isEqualTo(PromDuration.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-1s", "1.5s", "1s1m", "1s1s", "s", "1 s", "1x", "1s ", "ms", "+1s"})
  void refusesWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> PromDuration.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }

  @Test
  void refusesEmptyAndTooLongDurations() {
    assertThatThrownBy(() -> PromDuration.parse("")).hasMessage("empty duration string");
    assertThatThrownBy(() -> PromDuration.parse("300y")).hasMessage("duration out of range");
    assertThatThrownBy(() -> PromDuration.parse("99999999999999999999s"))
        .hasMessage("duration out of range");
    assertThat(PromDuration.parse("292y")).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0e+00, 0, 0, 0.0",
    "-0.0, -0, -0e+00, -0, -0, -0.0",
    "1, 1, 1e+00, 1, 1, 1.0",
    "0.1, 0.1, 1e-01, 0.1, 0.1, 0.1",
    "100000, 100000, 1e+05, 100000, 100000, 100000.0",
    "1e6, 1000000, 1e+06, 1e+06, 1000000, 1e+06",
    "123456789, 123456789, 1.23456789e+08, 1.23456789e+08, 123456789, 1.23456789e+08",
    "1e21, 1000000000000000000000, 1e+21, 1e+21, 1e+21, 1e+21",
    "0.0001, 0.0001, 1e-04, 0.0001, 0.0001, 0.0001",
    "0.00001, 0.00001, 1e-05, 1e-05, 0.00001, 1e-05",
    "0.0000001, 0.0000001, 1e-07, 1e-07, 1e-07, 1e-07",
    "-12.5, -12.5, -1.25e+01, -12.5, -12.5, -12.5",
    "NaN, NaN, NaN, NaN, NaN, NaN",
    "Infinity, +Inf, +Inf, +Inf, +Inf, +Inf",
    "-Infinity, -Inf, -Inf, -Inf, -Inf, -Inf"
  })
  void writesNumbers(double v, String f, String e, String g, String sample, String openMetrics) {
    assertThat(GoFloat.f(v)).isEqualTo(f);
    assertThat(GoFloat.e(v)).isEqualTo(e);
    assertThat(GoFloat.g(v)).isEqualTo(g);
    assertThat(GoFloat.sample(v)).isEqualTo(sample);
    assertThat(GoFloat.openMetrics(v)).isEqualTo(openMetrics);
  }

  @Test
  void writesNumbersThatReadBackTheSame() {
    Random random = new Random(3);
    for (int i = 0; i < 100_000; i++) {
      double v = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(v)) {
        assertThat(Double.parseDouble(GoFloat.g(v))).isEqualTo(v);
        assertThat(Double.parseDouble(GoFloat.f(v))).isEqualTo(v);
        assertThat(Double.parseDouble(GoFloat.e(v))).isEqualTo(v);
      }
    }
  }

  @Test
  void quotesLikeGo() {
    assertThat(GoQuote.quote("a\"b\\c\n\t\r\u0007\u0001\u007f"))
        .isEqualTo("\"a\\\"b\\\\c\\n\\t\\r\\a\\x01\\x7f\"");
    assertThat(GoQuote.quote("ü€\uD83D\uDE00\u00a0\u00ad\ufeff\u2028"))
        .isEqualTo("\"ü€\uD83D\uDE00\\u00a0\\u00ad\\ufeff\\u2028\"");
  }

  @Test
  void quotesBytesLikeGo() {
    byte[] b = {'a', (byte) 0xFF, '"', (byte) 0xC3, (byte) 0xBC, (byte) 0xC3, 0, (byte) 0xE2, 'x'};
    assertThat(GoQuote.quote(b, 0, b.length)).isEqualTo("\"a\\xff\\\"ü\\xc3\\x00\\xe2x\"");
    byte[] text = "ü€\uD83D\uDE00\n".getBytes(StandardCharsets.UTF_8);
    assertThat(GoQuote.quote(text, 0, text.length)).isEqualTo("\"ü€\uD83D\uDE00\\n\"");
  }

  @Test
  void checksUtf8LikeTheDecoder() {
    Random random = new Random(8);
    for (int i = 0; i < 200_000; i++) {
      byte[] b = new byte[1 + random.nextInt(5)];
      random.nextBytes(b);
      b[0] |= (byte) 0x80;
      String decoded = new String(b, StandardCharsets.UTF_8);
      boolean valid = java.util.Arrays.equals(b, decoded.getBytes(StandardCharsets.UTF_8));
      assertThat(LabelNames.isUtf8(b, 0, b.length)).isEqualTo(valid);
    }
    byte[] cut = "aü".getBytes(StandardCharsets.UTF_8);
    assertThat(LabelNames.isUtf8(cut, 0, 2)).isFalse();
    assertThat(LabelNames.isUtf8(cut, 0, 1)).isTrue();
    assertThat(LabelNames.isUtf8("\uD83D")).isFalse();
    assertThat(LabelNames.isUtf8("\uD83D\uDE00")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "a, true, true",
    "_a1, true, true",
    "a:b, false, true",
    "1a, false, false",
    "a.b, false, false",
    "'', false, false",
    "ü, false, false"
  })
  void knowsLegacyNames(String name, boolean label, boolean metric) {
    assertThat(LabelNames.isLegacyLabelName(name)).isEqualTo(label);
    assertThat(LabelNames.isLegacyMetricName(name)).isEqualTo(metric);
    assertThat(LabelNames.isValidLabelName(name, NameValidation.LEGACY)).isEqualTo(label);
    assertThat(LabelNames.isValidMetricName(name, NameValidation.UTF8)).isEqualTo(!name.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, ef46db3751d8e999",
    "a, 0, d24ec4f1a98c6e5b",
    "as, 0, 1c330fb2d66be179",
    "asd, 0, 631c37ce72a97393",
    "asdf, 0, 415872f599cea71e",
    "abc, 0, 44bc2cf5ad770999",
    "'Call me Ishmael. Some years ago--never mind how long precisely-', 0, 02a2e85470d6fd96",
    "xxhash, 20141025, b559b98d844e0635"
  })
  void hashesByTheSpecification(String text, long seed, String hash) {
    byte[] b = ("xx" + text).getBytes(StandardCharsets.US_ASCII);
    assertThat(Long.toHexString(XxHash64.hash(b, 2, b.length - 2, seed)))
        .isEqualTo(hash.replaceFirst("^0+", ""));
  }
}
