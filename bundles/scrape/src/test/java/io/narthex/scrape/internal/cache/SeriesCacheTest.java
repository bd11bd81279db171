package io.narthex.scrape.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.exposition.ExpositionFormat;
import io.narthex.api.exposition.ExpositionReader;
import io.narthex.api.exposition.ReaderOptions;
import io.narthex.exposition.internal.BodyExpositions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SeriesCacheTest {

  private final SeriesCache cache = new SeriesCache();
  private final ExpositionReader reader =
      new BodyExpositions().reader(ExpositionFormat.TEXT, ReaderOptions.PLAIN);
  private final Map<String, Long> refs = new HashMap<>();
  private long nextRef = 1;
  private int misses;

  /** Scrapes the names in this order; new ones get a reference. */
  private void scrape(List<String> names, boolean track) throws Exception {
    byte[] body = (String.join(" 1\n", names) + " 1\n").getBytes(StandardCharsets.UTF_8);
    byte[] room = java.util.Arrays.copyOf(body, body.length + 1);
    reader.reset(room, body.length);
    for (String name : names) {
      cache.predict(reader);
      assertThat(reader.next()).isEqualTo(ExpositionReader.Entry.SERIES);
      int entry = cache.find(reader);
      if (!reader.asExpected()) {
        misses++;
      }
      if (entry == SeriesCache.NONE) {
        refs.put(name, nextRef++);
        entry = cache.add(reader, refs.get(name));
      } else {
        cache.see(entry);
      }
      assertThat(cache.ref(entry)).isEqualTo(refs.get(name));
      if (track) {
        cache.track(entry);
      }
    }
  }

  private Set<Long> stale() {
    Set<Long> out = new TreeSet<>();
    cache.forEachStale(ref -> {
      assertThat(out.add(ref)).isTrue();
      return true;
    });
    return out;
  }

  @Test
  void agreesWithAMapUnderChurn() throws Exception {
    Random random = new Random(11);
    Set<String> before = Set.of();
    for (int round = 0; round < 300; round++) {
      List<String> names = new ArrayList<>();
      int n = random.nextInt(round % 50 == 0 ? 3000 : 200);
      Set<String> unique = new HashSet<>();
      for (int i = 0; i < n; i++) {
        String name = "m{i=\"" + random.nextInt(400) + "x".repeat(random.nextInt(3)) + "\"}";
        if (unique.add(name)) {
          names.add(name);
        }
      }
      if (random.nextBoolean()) {
        Collections.sort(names);
      }
      if (names.isEmpty()) {
        names.add("m");
        unique.add("m");
      }
      // A reference that was forgotten may be given anew.
      scrapeForgetting(names, before);
      Set<Long> expected = new TreeSet<>();
      for (String name : before) {
        if (!unique.contains(name)) {
          expected.add(refs.get(name));
        }
      }
      assertThat(stale()).isEqualTo(expected);
      cache.finish(true, 0);
      assertThat(cache.size()).isEqualTo(unique.size());
      before = unique;
    }
  }

  private void scrapeForgetting(List<String> names, Set<String> known) throws Exception {
    for (String name : names) {
      if (!known.contains(name) && refs.containsKey(name)) {
        byte[] b = name.getBytes(StandardCharsets.UTF_8);
        assertThat(cache.find(b, 0, b.length)).as("%s is forgotten", name).isNegative();
      }
    }
    scrape(names, true);
  }

  @Test
  void guessesWellForBodiesInTheSameOrder() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      names.add("m" + i);
    }
    scrape(names, true);
    cache.finish(true, 0);
    misses = 0;
    scrape(names, true);
    cache.finish(true, 0);
    assertThat(misses).isZero();
    names.add(500, "fresh");
    names.remove(100);
    scrape(names, true);
    assertThat(misses).isEqualTo(2);
  }

  @Test
  void knowsOnlyWhatWasTracked() throws Exception {
    scrape(List.of("a", "b"), false);
    cache.finish(true, 0);
    scrape(List.of("a"), true);
    assertThat(stale()).isEmpty();
    cache.finish(true, 0);
    scrape(List.of("b"), false);
    assertThat(stale()).containsExactly(refs.get("a"));
  }

  @Test
  void doesNotEndASeriesThatIsThereUnderAnotherText() throws Exception {
    refs.put("b", 1L);
    scrape(List.of("a"), true);
    refs.put("a", 1L);
    cache.finish(true, 0);
    byte[] body = "b 1\n ".getBytes(StandardCharsets.UTF_8);
    reader.reset(body, body.length - 1);
    reader.next();
    cache.track(cache.add(reader, cacheRef()));
    assertThat(stale()).isEmpty();
  }

  private long cacheRef() {
    byte[] a = {'a'};
    return cache.ref(cache.find(a, 0, 1));
  }

  @Test
  void saysWhetherAnEntryWasSeenAlready() throws Exception {
    scrape(List.of("a"), true);
    byte[] a = {'a'};
    assertThat(cache.see(cache.find(a, 0, 1))).isTrue();
    cache.finish(true, 0);
    assertThat(cache.see(cache.find(a, 0, 1))).isFalse();
    assertThat(cache.see(cache.find(a, 0, 1))).isTrue();
  }

  @Test
  void isFlushedWhenFailingScrapesMakeItGrow() throws Exception {
    scrape(List.of("a"), true);
    assertThat(cache.finish(true, 0)).isFalse();
    int round = 0;
    boolean forced = false;
    while (!forced) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        names.add("m" + round + "_" + i);
      }
      scrape(names, true);
      forced = cache.finish(false, 0);
      round++;
    }
    assertThat(round).isEqualTo(11);
    assertThat(cache.size()).isEqualTo(100);
  }

  @Test
  void remembersDroppedSeries() throws Exception {
    byte[] body = "a 1\n ".getBytes(StandardCharsets.UTF_8);
    reader.reset(body, body.length - 1);
    reader.next();
    cache.addDropped(reader);
    byte[] a = {'a'};
    assertThat(cache.isDropped(cache.find(a, 0, 1))).isTrue();
    cache.finish(true, 0);
    assertThat(stale()).isEmpty();
    cache.finish(true, 0);
    assertThat(cache.find(a, 0, 1)).isEqualTo(SeriesCache.NONE);
  }
}
