package io.narthex.storage.remote.internal.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SeriesReferencesTest {

  private static long a(long i) {
    return new Random(i).nextLong(1, 1L << 61);
  }

  private static long b(long i) {
    return new Random(-i).nextLong(1L << 61);
  }

  @Test
  void whatWasPutIsFound() {
    SeriesReferences references = new SeriesReferences(1 << 24);
    for (int i = 1; i <= 20_000; i++) {
      references.put(a(i), b(i), i, 0);
    }
    for (int i = 1; i <= 20_000; i++) {
      assertThat(references.find(a(i), b(i))).isEqualTo(i);
      assertThat(references.find(a(i), b(i) ^ 64)).isZero();
    }
    assertThat(references.size()).isEqualTo(20_000);
    references.put(a(5), b(5), 77, 0);
    assertThat(references.find(a(5), b(5))).isEqualTo(77);
    assertThat(references.size()).isEqualTo(20_000);
  }

  @Test
  void itIsBounded() {
    SeriesReferences references = new SeriesReferences(64 * 100 * 40);
    for (int i = 1; i <= 100_000; i++) {
      references.put(a(i), b(i), i, 0);
      assertThat(references.find(a(i), b(i))).isEqualTo(i);
      assertThat(references.size()).isLessThanOrEqualTo(64 * 100);
    }
  }

  @Test
  void whatNobodyAsksForIsForgottenWhenRoomIsNeeded() {
    ReferenceTable table = new ReferenceTable(1 << 20);
    for (int i = 1; i <= 1000; i++) {
      table.put(a(i), b(i), i, 0);
    }
    long later = ReferenceTable.KEPT_MILLIS;
    for (int i = 1001; i <= 3000; i++) {
      table.put(a(i), b(i), i, later);
    }
    // All were new or asked for until then.
    for (int i = 1; i <= 100; i++) {
      assertThat(table.find(a(i), b(i))).isEqualTo(i);
    }
    later += ReferenceTable.KEPT_MILLIS;
    for (int i = 3001; i <= 9000; i++) {
      table.put(a(i), b(i), i, later);
    }
    for (int i = 1; i <= 100; i++) {
      assertThat(table.find(a(i), b(i))).isEqualTo(i);
    }
    assertThat(table.find(a(500), b(500))).isZero();
    assertThat(table.find(a(9000), b(9000))).isEqualTo(9000);
  }

  @Test
  void readersSeeWholeEntries() throws Exception {
    SeriesReferences references = new SeriesReferences(64 * 500 * 40);
    int series = 5_000;
    long[] a = new long[series];
    long[] b = new long[series];
    for (int i = 0; i < series; i++) {
      a[i] = a(i + 1);
      b[i] = b(i + 1);
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Long>> done = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int seed = t;
        done.add(
            threads.submit(() -> {
              Random random = new Random(seed);
              long wrong = 0;
              for (int n = 0; n < 200_000; n++) {
                int i = random.nextInt(series);
                long found = references.find(a[i], b[i]);
                if (found == 0) {
                  references.put(a[i], b[i], i + 1, n);
                } else if (found != i + 1) {
                  wrong++;
                }
              }
              return wrong;
            }));
      }
      for (Future<Long> f : done) {
        assertThat(f.get()).isZero();
      }
    }
  }
}
