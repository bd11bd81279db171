package io.narthex.discovery.groups.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.discovery.TargetGroup;
import io.narthex.model.Labels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GroupDocumentTest {

  private final GroupDocument document = new GroupDocument("here", "__meta_origin");

  private List<TargetGroup> json(String text) throws IOException {
    return document.json(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsTargetsAndLabels() throws Exception {
    assertThat(json("[{\"targets\":[\"a:1\",\"b:2\"],\"labels\":{\"x\":\"y\"}},{}]"))
        .containsExactly(
            new TargetGroup(
                "here:0",
                List.of(Labels.of("__address__", "a:1"), Labels.of("__address__", "b:2")),
                Labels.of("__meta_origin", "here", "x", "y")),
            new TargetGroup("here:1", List.of(), Labels.of("__meta_origin", "here")));
    assertThat(document.removal(1).source()).isEqualTo("here:1");
    assertThat(document.removal(1).targets()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", " [ ] "})
  void emptyListsAndNullAreNoGroups(String text) throws Exception {
    assertThat(json(text)).isEmpty();
  }

  @Test
  void nullMeansEmptyWithinAGroup() throws Exception {
    assertThat(json("[{\"targets\":null,\"labels\":null},{\"labels\":{\"x\":null}}]"))
        .extracting(TargetGroup::labels)
        .containsOnly(Labels.of("__meta_origin", "here"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{},null]               | nil target group item found (index 1)",
        "[{\"target\":[]}]       | unknown field \"target\"",
        "[1]                     | target group 0 is no map",
        "[true]                  | target group 0 is no map",
        "{}                      | no list of target groups",
        "[{\"targets\":\"a\"}]   | targets is no list",
        "[{\"targets\":[1]}]     | target 1 is no string",
        "[{\"targets\":[false]}] | target false is no string",
        "[{\"targets\":[{}]}]    | target {…} is no string",
        "[{\"labels\":[]}]       | labels is no map",
        "[{\"labels\":{\"a\":1e999999999}}] | the value of label a is no string",
        "[{\"labels\":{\"\":\"b\"}}]        | \"\" is not a valid label name",
        "[] []                   | unexpected data after top-level value",
        "``                      | unexpected end of JSON input",
      })
  void namesWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> json(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  @Test
  void everyCutDocumentIsRefused() throws Exception {
    String whole = "[{\"targets\":[\"a:1\"],\"labels\":{\"x\":\"y\"}}]";
    assertThat(json(whole)).hasSize(1);
    for (int i = 0; i < whole.length(); i++) {
      String cut = whole.substring(0, i);
      assertThatThrownBy(() -> json(cut)).as(cut).isInstanceOf(IOException.class);
    }
  }

  @Test
  void deepDocumentsAreRefused() {
    assertThatThrownBy(() -> json("[".repeat(1_000_000))).isInstanceOf(IOException.class);
  }

  @Test
  void treesThatHoldThemselvesAreRefused() {
    List<Object> circle = new ArrayList<>();
    circle.add(circle);
    assertThatThrownBy(() -> document.tree(circle)).isInstanceOf(GroupFormatException.class);
    List<Object> targets = List.of(Map.of("targets", List.of(List.of(circle))));
    assertThatThrownBy(() -> document.tree(targets)).isInstanceOf(GroupFormatException.class);
  }

  @Test
  void keysOtherThanTextsAreRefused() {
    Map<?, ?> key = Collections.singletonMap(null, "x");
    assertThatThrownBy(() -> document.tree(Arrays.asList(key)))
        .isInstanceOf(GroupFormatException.class);
  }
}
