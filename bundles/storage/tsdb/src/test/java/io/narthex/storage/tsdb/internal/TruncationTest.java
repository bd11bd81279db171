package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.Querier;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.model.Utf8Order;
import io.narthex.storage.tsdb.internal.TsdbTestKit.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Truncation of the head against maps, with series that come and go. */
class TruncationTest {

  private static final long T = 1_699_999_200_000L;
  private static final long MINUTE = 60_000;

  @TempDir Path dir;

  private final NavigableMap<Labels, NavigableMap<Long, Long>> model = new TreeMap<>();
  private final Map<Labels, Long> handles = new HashMap<>();

  private static Labels labels(Random random, long hour) {
    // Some live on, others belong to an hour.
    int n = random.nextInt(60);
    return n < 20
        ? Labels.of("__name__", "steady", "n", "" + n)
        : Labels.of("__name__", "pod_" + n % 7, "hour", "h" + hour, "n", "" + n, "x", "v" + n % 3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void keepsWhatIsNewer(long seed) throws Exception {
    Random random = new Random(seed);
    long truncated = Long.MIN_VALUE;
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      long t = T;
      for (int round = 0; round < 900; round++) {
        t += MINUTE + random.nextInt(1000);
        append(db, random, t);
        if (round % 130 == 129) {
          truncated = t - (70 + random.nextInt(120)) * MINUTE;
          long limit = truncated;
          db.truncateHead(truncated);
          model.values().forEach(m -> m.headMap(limit, false).clear());
          model.values().removeIf(NavigableMap::isEmpty);
          check(db, truncated);
        }
      }
      check(db, truncated);
      // A chunk that began earlier keeps its series; those of long ago are gone.
      assertThat(db.head().seriesCount()).isGreaterThanOrEqualTo(model.size());
      assertThat(db.head().seriesCount()).isLessThan(handles.size() / 2);
      assertThat(db.head().counters().seriesRemoved.sum())
          .isEqualTo(db.head().counters().seriesCreated.sum() - db.head().seriesCount());
      oldHandlesAreUnknown(db, t + 1);
    }
  }

  private void append(TsdbDatabase db, Random random, long t) throws Exception {
    Appender a = db.appender();
    for (int i = 0; i < 12; i++) {
      Labels labels = labels(random, (t - T) / 3_600_000);
      NavigableMap<Long, Long> samples = model.computeIfAbsent(labels, l -> new TreeMap<>());
      if (samples.containsKey(t)) {
        continue;
      }
      double v = random.nextInt(1000);
      // Like a scrape loop: by the handle, which is asked for again when it is not known any more.
      Long handle = handles.get(labels);
      Outcome outcome = handle == null ? Outcome.UNKNOWN_SERIES : a.append(handle, t, v);
      if (outcome == Outcome.UNKNOWN_SERIES) {
        long fresh = a.series(labels);
        assertThat(fresh).isNotEqualTo(handles.put(labels, fresh));
        outcome = a.append(fresh, t, v);
      }
      assertThat(outcome).isEqualTo(Outcome.STORED);
      samples.put(t, Double.doubleToRawLongBits(v));
    }
    a.commit();
  }

  private void check(TsdbDatabase db, long from) throws Exception {
    Map<Labels, List<Sample>> wanted = new LinkedHashMap<>();
    TreeSet<String> hours = new TreeSet<>(Utf8Order::compare);
    model.forEach((labels, samples) -> {
      List<Sample> list = new ArrayList<>();
      samples.forEach((t, bits) -> list.add(new Sample(t, bits)));
      wanted.put(labels, list);
      hours.add(labels.get("hour"));
    });
    hours.remove("");
    Map<Labels, List<Sample>> got = TsdbTestKit.select(db, Long.MIN_VALUE, Long.MAX_VALUE);
    got.values().removeIf(List::isEmpty);
    assertThat(got).isEqualTo(wanted);
    assertThat(got.keySet()).containsExactlyElementsOf(wanted.keySet());
    assertThat(HeadChunksTest.read(db, from, Long.MAX_VALUE)).isEqualTo(wanted);
    for (int n = 0; n < 7; n++) {
      LabelMatcher pod = LabelMatcher.equal("__name__", "pod_" + n);
      Map<Labels, List<Sample>> some = TsdbTestKit.select(db, from, Long.MAX_VALUE, pod);
      some.values().removeIf(List::isEmpty);
      assertThat(some.keySet())
          .containsExactlyElementsOf(
              wanted.keySet().stream().filter(l -> pod.matches(l.get("__name__"))).toList());
    }
    try (Querier q = db.querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
      List<String> values = q.labelValues("hour", 0, List.of()).values();
      assertThat(values).containsAll(hours);
      // At most one hour more: of series whose chunk began before.
      assertThat(values.size()).isLessThanOrEqualTo(hours.size() + 4);
    }
    assertThat(db.head().minTime()).isGreaterThanOrEqualTo(from);
  }

  private void oldHandlesAreUnknown(TsdbDatabase db, long t) throws Exception {
    Appender a = db.appender();
    Map<Labels, List<Sample>> before = TsdbTestKit.all(db);
    int unknown = 0;
    for (Map.Entry<Labels, Long> e : handles.entrySet()) {
      Outcome outcome = a.append(e.getValue(), t, 1);
      if (!before.containsKey(e.getKey())) {
        assertThat(outcome).isEqualTo(Outcome.UNKNOWN_SERIES);
        unknown++;
      } else {
        assertThat(outcome).isEqualTo(Outcome.STORED);
      }
    }
    assertThat(unknown).isPositive();
    a.rollback();
  }

  @Test
  void usesMemoryAgain() throws Exception {
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      long t = T;
      long afterFew = 0;
      for (int round = 0; round < 24; round++) {
        for (int minute = 0; minute < 130; minute += 26) {
          Appender a = db.appender();
          for (int s = 0; s < 3000; s++) {
            long ref =
                a.series(
                    Labels.of(
                        "__name__",
                        "m" + s % 50,
                        "pod",
                        "pod-" + round + "-" + s,
                        "r",
                        "" + round));
            a.append(ref, t + minute * MINUTE, s * 1.1 + minute);
          }
          a.commit();
        }
        t += 130 * MINUTE;
        db.truncateHead(t - 90 * MINUTE);
        if (round == 4) {
          afterFew = db.head().allocated();
        }
      }
      assertThat(db.head().seriesCount()).isLessThanOrEqualTo(6000);
      assertThat(db.head().allocated()).isLessThanOrEqualTo(afterFew + afterFew / 4);
      assertThat(TsdbTestKit.select(db, t - 90 * MINUTE, t)).hasSize(3000);
    }
  }

  /** Waits until a truncation has begun. */
  private static void awaitTruncation(TsdbDatabase db, long minTime) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (db.head().minTime() < minTime) {
      assertThat(System.nanoTime()).as("a truncation begins").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void waitsForQueriersOfWhatItDrops() throws Exception {
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      Labels gone = Labels.of("a", "gone");
      Labels stays = Labels.of("a", "stays");
      TsdbTestKit.append(db, gone, T, 1);
      TsdbTestKit.append(db, stays, T + 300 * MINUTE, 2);
      CountDownLatch done = new CountDownLatch(1);
      Thread truncating;
      try (Querier old = db.querier(T, T + 1)) {
        truncating =
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    db.truncateHead(T + 200 * MINUTE);
                    done.countDown();
                  } catch (Exception e) {
                    throw new AssertionError(e);
                  }
                });
        awaitTruncation(db, T + 200 * MINUTE);
        // It is under way; new queriers do not see what goes, the old one still does.
        assertThat(TsdbTestKit.select(db, T, T + 1)).isEmpty();
        assertThat(
                TsdbTestKit.read(
                    old.select(
                        io.narthex.api.storage.SelectHints.samples(T, T + 1, true), List.of())))
            .containsOnlyKeys(gone);
        assertThat(done.getCount()).isEqualTo(1);
      }
      assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
      truncating.join();
      assertThat(TsdbTestKit.all(db)).containsOnlyKeys(stays);
      assertThat(db.head().seriesCount()).isEqualTo(1);
    }
  }

  @Test
  void keepsSeriesThatAnOpenAppenderHasSamplesFor() throws Exception {
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      Labels old = Labels.of("a", "old");
      TsdbTestKit.append(db, old, T, 1);
      TsdbTestKit.append(db, Labels.of("a", "new"), T + 300 * MINUTE, 2);
      Appender open = db.appender();
      long handle = open.series(old);
      assertThat(open.append(handle, T + 301 * MINUTE, 3)).isEqualTo(Outcome.STORED);
      CountDownLatch done = new CountDownLatch(1);
      Thread truncating =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  db.truncateHead(T + 200 * MINUTE);
                  done.countDown();
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
      awaitTruncation(db, T + 200 * MINUTE);
      // Others go on with the series, too, whether it is marked already or not.
      Appender other = db.appender();
      assertThat(other.append(handle, T + 302 * MINUTE, 4)).isEqualTo(Outcome.STORED);
      open.commit();
      other.commit();
      assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
      truncating.join();
      assertThat(TsdbTestKit.all(db).get(old))
          .containsExactly(Sample.of(T + 301 * MINUTE, 3), Sample.of(T + 302 * MINUTE, 4));
    }
  }
}
