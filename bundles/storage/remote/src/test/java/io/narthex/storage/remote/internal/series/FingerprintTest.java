package io.narthex.storage.remote.internal.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  private final Fingerprint.Keys keys = new Fingerprint.Keys(new Random(1));

  private List<Long> of(byte[] data, int from, int to, int kind) {
    Fingerprint f = new Fingerprint(keys);
    f.hash(data, from, to, kind);
    return List.of(f.a, f.b);
  }

  @Test
  void itIsThatOfTheBytesWhereverTheyAre() {
    Random random = new Random(2);
    for (int length = 0; length < 3000; length += length < 70 ? 1 : 61) {
      byte[] bytes = new byte[length + 2 * Fingerprint.SLACK];
      random.nextBytes(bytes);
      byte[] elsewhere = new byte[length + 100];
      random.nextBytes(elsewhere);
      System.arraycopy(bytes, 3, elsewhere, 21, length);
      assertThat(of(elsewhere, 21, 21 + length, 1))
          .as("length %s", length)
          .isEqualTo(of(bytes, 3, 3 + length, 1));
    }
  }

  @Test
  void everyBitLengthAndKindCounts() {
    for (int length : new int[] {0, 1, 7, 8, 9, 15, 16, 17, 40, 1023, 1024, 1025, 2500}) {
      byte[] bytes = new byte[length + 1 + Fingerprint.SLACK];
      Set<List<Long>> all = new HashSet<>();
      int expected = 0;
      for (int bit = 0; bit < length * 8; bit++) {
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        all.add(of(bytes, 0, length, 1));
        expected++;
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
      }
      all.add(of(bytes, 0, length, 1));
      all.add(of(bytes, 0, length, 2));
      all.add(of(bytes, 0, length + 1, 1));
      assertThat(all).as("length %s", length).hasSize(expected + 3);
      assertThat(all.stream().map(List::getFirst).distinct()).hasSize(expected + 3);
      assertThat(all.stream().map(List::getLast).distinct()).hasSize(expected + 3);
    }
  }

  @Test
  void blocksDoNotChangePlaces() {
    byte[] bytes = new byte[3072 + Fingerprint.SLACK];
    Arrays.fill(bytes, 0, 1024, (byte) 1);
    List<Long> first = of(bytes, 0, 3072, 1);
    Arrays.fill(bytes, 0, 1024, (byte) 0);
    Arrays.fill(bytes, 1024, 2048, (byte) 1);
    assertThat(of(bytes, 0, 3072, 1)).isNotEqualTo(first);
  }

  @Test
  void otherKeysGiveOthers() {
    byte[] bytes = new byte[64];
    Fingerprint f = new Fingerprint(new Fingerprint.Keys(new Random(7)));
    f.hash(bytes, 0, 40, 1);
    assertThat(List.of(f.a, f.b)).isNotEqualTo(of(bytes, 0, 40, 1));
  }
}
