package io.narthex.config.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.config.internal.yaml.YamlConfigNodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class YamlWriterTest {

  @Test
  void quotesWhatWouldBeSomethingElse() {
    assertThat(YamlWriter.write(List.of("a", "true", "1", "", "~", "1:30", "2001-01-01", "a: b")))
        .isEqualTo(
            """
            - a
            - "true"
            - "1"
            - ""
            - "~"
            - "1:30"
            - "2001-01-01"
            - 'a: b'
            """);
  }

  @Test
  void readsBackWhatItWrote() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      Object tree = random(random, 3);
      String yaml = YamlWriter.write(Map.of("x", tree));
      assertThat(YamlConfigNodes.parse(yaml).data()).as(yaml).isEqualTo(Map.of("x", tree));
    }
  }

  private static Object random(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextBoolean();
      case 2, 3 -> text(random);
      case 4 -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          list.add(random(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          map.put(text(random), random(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static String text(Random random) {
    String alphabet = "ab01 :-#'\"\\\n{}[],&*!|>%@`~?=.é\t";
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(random.nextInt(10) == 0 ? 120 : 8); i > 0; i--) {
      out.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return out.toString();
  }

  @Test
  void sortsKeysByTheNumbersInThem() {
    Map<String, String> map = new LinkedHashMap<>();
    for (String k : List.of("b10", "b9", "B", "a", "b", "1", "_", "b09")) {
      map.put(k, "");
    }
    assertThat(NaturalOrder.sorted(map).keySet())
        .containsExactlyElementsOf(Arrays.asList("_", "1", "B", "a", "b", "b9", "b09", "b10"));
  }
}
