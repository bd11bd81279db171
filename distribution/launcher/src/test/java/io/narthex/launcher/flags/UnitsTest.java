package io.narthex.launcher.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0B",
    "512MB, 536870912, 512MiB",
    "512MiB, 536870912, 512MiB",
    "1KB, 1024, 1KiB",
    "1GB512MB, 1610612736, 1GiB512MiB",
    "1.5KB, 1536, 1KiB512B",
    "7B, 7, 7B",
  })
  void sizes(String text, long bytes, String shown) {
    assertThat(Base2Bytes.parse(text)).isEqualTo(bytes);
    assertThat(Base2Bytes.format(bytes)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "2ms, 2000000, 2ms",
    "1.5s, 1500000000, 1.5s",
    "1h1m, 3660000000000, 1h1m0s",
    "0, 0, 0s"
  })
  void goDurations(String text, long nanos, String shown) {
    assertThat(GoDuration.parseNanos(text)).isEqualTo(nanos);
    assertThat(GoDuration.format(nanos)).isEqualTo(shown);
  }

  @Test
  void refusesOthers() {
    assertThatThrownBy(() -> Base2Bytes.parse("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Base2Bytes.parse("5XB")).hasMessage("units: unknown unit XB in 5XB");
    assertThatThrownBy(() -> Base2Bytes.parse("1.2.3KB")).hasMessage("units: invalid 1.2.3KB");
    assertThatThrownBy(() -> Base2Bytes.parse("9999999EB")).hasMessageContaining("overflow");
    assertThatThrownBy(() -> GoDuration.parseNanos("2x"))
        .hasMessage("time: unknown unit \"x\" in duration \"2x\"");
    assertThatThrownBy(() -> GoDuration.parseNanos("")).hasMessageContaining("invalid duration");
  }
}
