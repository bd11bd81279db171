package io.narthex.config.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineDifferenceTest {

  @Test
  void showsWhatChanged() {
    assertThat(LineDifference.between("a\nb\nc\nd\n", "a\nc\nx\nd\ne\n"))
        .containsExactly("- b", "+ x", "+ e");
    assertThat(LineDifference.between("a\n", "a\n")).isEmpty();
    assertThat(LineDifference.between("", "a\nb\n")).containsExactly("+ a", "+ b");
  }

  @Test
  void staysSmallForLargeChanges() {
    String before = "a\n".repeat(10_000);
    String after = "b\n".repeat(10_000);
    List<String> lines = LineDifference.between(before, after);
    assertThat(lines).hasSize(1001);
    assertThat(lines.getLast()).isEqualTo("… 19000 more lines");
  }

  @Test
  void formatsDurationsAsTheReference() {
    assertThat(GoDuration.format(0)).isEqualTo("0s");
    assertThat(GoDuration.format(999)).isEqualTo("999ns");
    assertThat(GoDuration.format(1_500)).isEqualTo("1.5µs");
    assertThat(GoDuration.format(1_234_567)).isEqualTo("1.234567ms");
    assertThat(GoDuration.format(61_500_000_000L)).isEqualTo("1m1.5s");
    assertThat(GoDuration.format(3_600_000_000_000L)).isEqualTo("1h0m0s");
  }
}
