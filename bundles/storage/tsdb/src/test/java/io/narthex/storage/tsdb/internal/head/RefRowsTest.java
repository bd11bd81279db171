package io.narthex.storage.tsdb.internal.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RefRowsTest {

  @Test
  void findsCloseAndFarReferences() {
    Random random = new Random(3);
    Map<Long, Integer> model = new HashMap<>();
    RefRows rows = new RefRows();
    for (int i = 0; i < 200_000; i++) {
      long ref =
          switch (random.nextInt(4)) {
            case 0 -> 1 + random.nextInt(1 << 20);
            case 1 -> 1 + (random.nextLong() >>> 1);
            default -> i + 1L;
          };
      rows.put(ref, i);
      model.put(ref, i);
    }
    model.forEach((ref, row) -> assertThat(rows.get(ref)).isEqualTo(row));
    for (int i = 0; i < 1000; i++) {
      long ref = random.nextLong();
      assertThat(rows.get(ref)).isEqualTo(model.getOrDefault(ref, -1));
    }
    assertThat(rows.get(0)).isEqualTo(-1);
  }
}
