package io.narthex.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GoFloatTest {

  @Test
  void theSmallestNumbersHaveTheShortestDigits() {
    assertThat(GoFloat.e(Double.MIN_VALUE)).isEqualTo("5e-324");
    assertThat(GoFloat.e(2 * Double.MIN_VALUE)).isEqualTo("1e-323");
    assertThat(GoFloat.e(3 * Double.MIN_VALUE)).isEqualTo("1.5e-323");
    assertThat(GoFloat.e(Double.MIN_NORMAL)).isEqualTo("2.2250738585072014e-308");
  }

  @Test
  void samplesHaveAnExponentOnlyWhereTheyAreVerySmallOrLarge() {
    assertThat(GoFloat.sample(1e-6)).isEqualTo("0.000001");
    assertThat(GoFloat.sample(1e-7)).isEqualTo("1e-07");
    assertThat(GoFloat.sample(1e20)).isEqualTo("100000000000000000000");
    assertThat(GoFloat.sample(1e21)).isEqualTo("1e+21");
  }
}
