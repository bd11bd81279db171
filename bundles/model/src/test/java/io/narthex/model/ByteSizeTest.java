package io.narthex.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizeTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1B, 1",
    "1KB, 1024",
    "1KiB, 1024",
    "15MB, 15728640",
    "1.5GiB, 1610612736",
    "1GB512MB, 1610612736",
    "-1KB, -1024",
    "+2B, 2",
    "2EiB, 2305843009213693952"
  })
  void parses(String text, long bytes) {
    assertThat(ByteSize.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0B",
    "1024, 1KiB",
    "1610612736, 1GiB512MiB",
    "-1536, -1KiB512B",
    "10485760, 10MiB"
  })
  void formats(long bytes, String text) {
    assertThat(ByteSize.format(bytes)).isEqualTo(text);
  }

  @Test
  void refusesWhatHasNoUnit() {
    assertThatThrownBy(() -> ByteSize.parse("100")).hasMessage("units: unknown unit  in 100");
    assertThatThrownBy(() -> ByteSize.parse("1kB")).hasMessage("units: unknown unit kB in 1kB");
    assertThatThrownBy(() -> ByteSize.parse("MB")).hasMessage("units: invalid MB");
    assertThatThrownBy(() -> ByteSize.parse("")).hasMessage("units: invalid ");
    assertThatThrownBy(() -> ByteSize.parse("9EiB")).hasMessage("units: overflow in 9EiB");
  }
}
