package io.narthex.exposition.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

  private static byte[] line(String number) {
    return (number + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static double read(String number) throws Exception {
    byte[] b = line(number);
    Numbers n = new Numbers();
    n.read(b, 0, b.length - 1, 0);
    double general = n.value;
    if (n.shortDecimal(b, 0) == b.length - 1) {
      assertThat(Double.doubleToRawLongBits(n.value))
          .as(number)
          .isEqualTo(Double.doubleToRawLongBits(general));
    }
    return general;
  }

  @Test
  void readsRandomNumbersExactly() throws Exception {
    Random random = new Random(5);
    for (int i = 0; i < 200_000; i++) {
      double v =
          switch (i % 4) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt(1_000_000) / 1000.0;
            case 2 -> random.nextGaussian();
            default -> random.nextLong() >> random.nextInt(64);
          };
      if (Double.isFinite(v)) {
        assertThat(read(Double.toString(v))).isEqualTo(v);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1., 1",
    ".5, 0.5",
    "+1, 1",
    "-0, -0.0",
    "1e5, 1e5",
    "1E+5, 1e5",
    "1e-5, 1e-5",
    "00017, 17",
    "9007199254740993, 9007199254740992",
    "1e-400, 0",
    "0e99999, 0",
    "4.9e-324, 4.9e-324",
    "1.7976931348623157e308, 1.7976931348623157e308",
    "123456789012345678901234567890, 1.2345678901234568e29"
  })
  void readsDecimals(String text, double value) throws Exception {
    assertThat(read(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "inf, Infinity",
    "+Inf, Infinity",
    "-INF, -Infinity",
    "Infinity, Infinity",
    "-infinity, -Infinity",
    "nan, NaN",
    "NaN, NaN"
  })
  void readsWords(String text, double value) throws Exception {
    assertThat(Double.valueOf(read(text))).isEqualTo(Double.valueOf(value));
  }

  @Test
  void givesTheOrdinaryNan() throws Exception {
    assertThat(Double.doubleToRawLongBits(read("NaN"))).isEqualTo(0x7ff8000000000001L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "-", "e5", "1e", "1e+", "+nan", "infinit", "1d", "1f", " 1", "0x1", "1,5"
      })
  void refusesWhatIsNoNumber(String text) {
    assertThatThrownBy(() -> read(text))
        .hasMessage(
            "strconv.ParseFloat: parsing \""
                + text
                + "\": invalid syntax while parsing: \""
                + text
                + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e309", "-1e309", "1e99999999999999999999"})
  void refusesWhatIsTooLarge(String text) {
    assertThatThrownBy(() -> read(text)).hasMessageContaining(": value out of range");
  }

  @Test
  void readsVeryLongNumbersExactlyAndSoon() throws Exception {
    String third = "0." + "3".repeat(1_000_000);
    assertThat(read(third)).isEqualTo(1.0 / 3);
    // One above the middle between two doubles, known by its last digit alone.
    String middle = "9007199254740993." + "0".repeat(5_000);
    assertThat(read(middle)).isEqualTo(9007199254740992.0);
    assertThat(read(middle + "1")).isEqualTo(9007199254740994.0);
    assertThat(read("0." + "0".repeat(2_000) + "1e2001")).isEqualTo(1);
    assertThat(read("1" + "0".repeat(2_000) + "e-2000")).isEqualTo(1);
    assertThat(read("-" + "0".repeat(2_000))).isEqualTo(-0.0);
    assertThatThrownBy(() -> read("9".repeat(5_000))).hasMessageContaining("out of range");
  }

  @Test
  void cutsSecondsToMilliseconds() {
    assertThat(Numbers.millis(1.0019)).isEqualTo(1001);
    assertThat(Numbers.millis(-1.0019)).isEqualTo(-1001);
    assertThat(Numbers.millis(1e300)).isEqualTo(Long.MIN_VALUE);
  }
}
