package io.narthex.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExponentialBoundsTest {

  /** As the reference prints them. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 1",
    "0, 3, 8",
    "1, -1, 0.7071067811865475",
    "1, 1, 1.414213562373095",
    "2, -1, 0.8408964152537144",
    "3, -1, 0.9170040432046711",
    "4, -2, 0.9170040432046711",
    "8, -1, 0.9972960560854698",
    "8, -250, 0.5081891574554764",
    "-1, 1, 4",
    "-4, -1, 1.52587890625e-05"
  })
  void isThatOfTheReference(int schema, int index, double bound) {
    assertThat(ExponentialBounds.upper(schema, index)).isEqualTo(bound);
  }

  @Test
  void growsByTheFactorOfTheSchema() {
    for (int schema = -4; schema <= 8; schema++) {
      double factor = Math.pow(2, Math.pow(2, -schema));
      for (int i = -20; i < 20; i++) {
        double ratio = ExponentialBounds.upper(schema, i + 1) / ExponentialBounds.upper(schema, i);
        assertThat(ratio / factor).isCloseTo(1, Offset.offset(1e-14));
      }
    }
  }

  @Test
  void endsAtTheLargestNumber() {
    assertThat(ExponentialBounds.upper(0, 1024)).isEqualTo(Double.MAX_VALUE);
    assertThat(ExponentialBounds.upper(-4, 64)).isEqualTo(Double.MAX_VALUE);
    assertThat(ExponentialBounds.upper(0, 1025)).isInfinite();
    assertThat(ExponentialBounds.upper(8, -1074 << 8)).isEqualTo(Double.MIN_VALUE);
  }
}
