package io.narthex.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LabelsTest {

  @Test
  void sortsByBytesOfUtf8() {
    Labels l = Labels.of("b", "1", "a", "2", "\uFFFD", "3", "\uD83D\uDE00", "4", "Z", "5");
    assertThat(l.toMap().keySet()).containsExactly("Z", "a", "b", "\uFFFD", "\uD83D\uDE00");
  }

  @Test
  void refusesDoubleNamesAndOddCounts() {
    assertThatThrownBy(() -> Labels.of("a", "1", "a", "2"))
        .hasMessage("label name \"a\" is not unique");
    assertThatThrownBy(() -> Labels.of("a")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void findsValues() {
    Labels l = Labels.of(Labels.NAME, "up", "job", "x", "empty", "");
    assertThat(l.metricName()).isEqualTo("up");
    assertThat(l.get("job")).isEqualTo("x");
    assertThat(l.get("missing")).isEmpty();
    assertThat(l.find("missing")).isNull();
    assertThat(l.find("empty")).isEmpty();
    assertThat(l.has("empty")).isTrue();
    assertThat(l.size()).isEqualTo(3);
    assertThat(l.withoutName()).isEqualTo(Labels.of("job", "x"));
    assertThat(l.keep(List.of("job", "other"))).isEqualTo(Labels.of("job", "x"));
  }

  @Test
  void isEqualByContent() {
    Labels a = Labels.of("a", "1", "b", "2");
    Labels b = Labels.of(new TreeMap<>(Map.of("b", "2", "a", "1")));
    assertThat(a).isEqualTo(b).hasSameHashCodeAs(b).isEqualByComparingTo(b);
    assertThat(a.stableHash()).isEqualTo(b.stableHash());
    assertThat(a).isNotEqualTo(Labels.of("a", "1", "b", "3"));
  }

  @Test
  void comparesPairByPair() {
    assertThat(Labels.of("a", "1")).isLessThan(Labels.of("a", "1", "b", "1"));
    assertThat(Labels.of("a", "1", "b", "1")).isLessThan(Labels.of("a", "2"));
    assertThat(Labels.of("a", "2")).isLessThan(Labels.of("b", "1"));
    assertThat(Labels.EMPTY).isLessThan(Labels.of("a", ""));
  }

  @Test
  void hashesInTheSameWayEverywhere() {
    // xxHash64 of a 0xFF 1 0xFF.
    byte[] text = {'a', (byte) 0xFF, '1', (byte) 0xFF};
    assertThat(Labels.of("a", "1").stableHash()).isEqualTo(XxHash64.hash(text, 0, 4, 0));
    assertThat(Labels.EMPTY.stableHash()).isEqualTo(0xEF46DB3751D8E999L);
    assertThat(Labels.of("a", "x".repeat(10_000)).stableHash())
        .isNotEqualTo(Labels.of("a", "x".repeat(10_001)).stableHash());
  }

  @Test
  void printsQuotedValuesAndNames() {
    assertThat(Labels.of("a", "x\"y\n", "b.c", "1"))
        .hasToString("{a=\"x\\\"y\\n\", \"b.c\"=\"1\"}");
    assertThat(Labels.EMPTY).hasToString("{}");
  }

  @Test
  void buildsLikeAMap() {
    Random random = new Random(1);
    LabelsBuilder builder = new LabelsBuilder();
    TreeMap<String, String> map = new TreeMap<>();
    for (int i = 0; i < 20_000; i++) {
      String name = "l" + random.nextInt(60);
      switch (random.nextInt(5)) {
        case 0 -> {
          builder.remove(name);
          map.remove(name);
        }
        case 1 -> {
          builder.set(name, "");
          map.remove(name);
        }
        default -> {
          builder.set(name, "v" + i);
          map.put(name, "v" + i);
        }
      }
      assertThat(builder.get(name)).isEqualTo(map.getOrDefault(name, ""));
      assertThat(builder.has(name)).isEqualTo(map.containsKey(name));
      assertThat(builder.size()).isEqualTo(map.size());
    }
    assertThat(builder.build()).isEqualTo(Labels.of(map));
    assertThat(builder.sameAs(Labels.of(map))).isTrue();
    builder.set("other", "1");
    assertThat(builder.sameAs(Labels.of(map))).isFalse();
  }

  @Test
  void takesPairsInAnyOrder() {
    Random random = new Random(4);
    for (int size : new int[] {0, 1, 5, 63, 64, 65, 1_000}) {
      TreeMap<String, String> map = new TreeMap<>();
      for (int i = 0; i < size; i++) {
        map.put("l" + random.nextInt(1 << 20), i % 7 == 3 ? "" : "v" + i);
      }
      List<String> names = new java.util.ArrayList<>(map.keySet());
      java.util.Collections.shuffle(names, random);
      String[] pairs = new String[names.size() * 2 + 4];
      for (int i = 0; i < names.size(); i++) {
        pairs[i * 2] = names.get(i);
        pairs[i * 2 + 1] = map.get(names.get(i));
      }
      LabelsBuilder b = new LabelsBuilder();
      assertThat(b.resetTo(pairs, names.size() * 2)).isNull();
      map.values().removeIf(String::isEmpty);
      assertThat(b.build()).isEqualTo(Labels.of(map));
    }
    assertThat(new LabelsBuilder().resetTo(new String[] {"a", "1", "b", "2", "a", "3"}, 6))
        .isEqualTo("a");
    assertThat(new LabelsBuilder().resetTo(new String[] {"a", "1", "a", ""}, 4)).isNull();
  }

  @Test
  void startsFromABaseWithoutEmptyValues() {
    LabelsBuilder b = new LabelsBuilder(Labels.of("a", "", "b", "1"));
    assertThat(b.build()).isEqualTo(Labels.of("b", "1"));
    b.forEach((n, v) -> b.remove(n).set("c", v));
    assertThat(b.build()).isEqualTo(Labels.of("c", "1"));
    assertThat(b.reset(Labels.EMPTY).build()).isSameAs(Labels.EMPTY);
  }
}
