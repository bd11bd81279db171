package io.narthex.model.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.NameValidation;
import io.narthex.model.Regex;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelabelingTest {

  private static final Labels INPUT = Labels.of("a", "foo", "b", "bar", "c", "baz");

  /** A rule with the defaults of the configuration. */
  private static final class Rule {
    private List<String> source = List.of();
    private String separator = RelabelRule.DEFAULT_SEPARATOR;
    private String regex = RelabelRule.DEFAULT_REGEX;
    private long modulus;
    private String target = "";
    private String replacement = RelabelRule.DEFAULT_REPLACEMENT;
    private NameValidation validation = NameValidation.UTF8;

    Rule source(String... names) {
      source = List.of(names);
      return this;
    }

    Rule separator(String s) {
      separator = s;
      return this;
    }

    Rule regex(String r) {
      regex = r;
      return this;
    }

    Rule modulus(long m) {
      modulus = m;
      return this;
    }

    Rule target(String t) {
      target = t;
      return this;
    }

    Rule replacement(String r) {
      replacement = r;
      return this;
    }

    Rule legacy() {
      validation = NameValidation.LEGACY;
      return this;
    }

    RelabelRule action(RelabelAction action) {
      return new RelabelRule(
          source,
          separator,
          Regex.anchored(regex),
          modulus,
          target,
          replacement,
          action,
          validation);
    }
  }

  private static Rule rule() {
    return new Rule();
  }

  /** The labels after the rules, null if they dropped it. */
  private static Labels apply(Labels input, RelabelRule... rules) {
    LabelsBuilder b = new LabelsBuilder(input);
    return Relabeling.apply(List.of(rules), b) ? b.build() : null;
  }

  private static Labels with(String... changes) {
    LabelsBuilder b = new LabelsBuilder(INPUT);
    for (int i = 0; i < changes.length; i += 2) {
      b.set(changes[i], changes[i + 1]);
    }
    return b.build();
  }

  @Test
  void replacesByGroups() {
    assertThat(
            apply(
                INPUT,
                rule()
                    .source("a")
                    .regex("f(.*)")
                    .target("d")
                    .replacement("ch${1}-ch${1}")
                    .action(RelabelAction.REPLACE)))
        .isEqualTo(with("d", "choo-choo"));
  }

  @Test
  void joinsSourcesBySeparator() {
    assertThat(
            apply(
                INPUT,
                rule().source("a", "b", "x").target("d").action(RelabelAction.REPLACE),
                rule().source("a", "b").separator("").target("e").action(RelabelAction.REPLACE)))
        .isEqualTo(with("d", "foo;bar;", "e", "foobar"));
  }

  @Test
  void replacesNothingWithoutAMatch() {
    assertThat(
            apply(INPUT, rule().source("a").regex("x.*").target("b").action(RelabelAction.REPLACE)))
        .isEqualTo(INPUT);
  }

  @Test
  void removesTheTargetWithAnEmptyResult() {
    assertThat(
            apply(
                INPUT,
                rule()
                    .source("a")
                    .regex("(foo).*")
                    .target("b")
                    .replacement("$2")
                    .action(RelabelAction.REPLACE)))
        .isEqualTo(Labels.of("a", "foo", "c", "baz"));
  }

  @Test
  void expandsTheTargetAndSkipsInvalidNames() {
    Rule base = rule().source("a").regex("(.*)").replacement("x");
    assertThat(apply(INPUT, base.target("${1}_new").action(RelabelAction.REPLACE)))
        .isEqualTo(with("foo_new", "x"));
    assertThat(apply(INPUT, base.target("$2").action(RelabelAction.REPLACE))).isEqualTo(INPUT);
    assertThat(apply(INPUT, base.target("${1}.x").action(RelabelAction.REPLACE)))
        .isEqualTo(with("foo.x", "x"));
    assertThat(apply(INPUT, base.target("${1}.x").legacy().action(RelabelAction.REPLACE)))
        .isEqualTo(INPUT);
  }

  @Test
  void setsAConstantWithoutSources() {
    assertThat(apply(INPUT, rule().target("d").replacement("k").action(RelabelAction.REPLACE)))
        .isEqualTo(with("d", "k"));
    assertThat(apply(INPUT, rule().target("a").action(RelabelAction.REPLACE)))
        .isEqualTo(Labels.of("b", "bar", "c", "baz"));
  }

  @Test
  void keepsAndDrops() {
    assertThat(apply(INPUT, rule().source("a").regex("foo").action(RelabelAction.KEEP)))
        .isEqualTo(INPUT);
    assertThat(apply(INPUT, rule().source("a").regex("fo").action(RelabelAction.KEEP))).isNull();
    assertThat(apply(INPUT, rule().source("a").regex("fo.*").action(RelabelAction.DROP))).isNull();
    assertThat(apply(INPUT, rule().source("x").regex(".+").action(RelabelAction.DROP)))
        .isEqualTo(INPUT);
    assertThat(apply(INPUT, rule().source("x").action(RelabelAction.DROP))).isNull();
  }

  @Test
  void stopsAtTheFirstDrop() {
    LabelsBuilder b = new LabelsBuilder(INPUT);
    boolean kept =
        Relabeling.apply(
            List.of(
                rule().source("a").regex("foo").action(RelabelAction.DROP),
                rule().target("d").replacement("k").action(RelabelAction.REPLACE)),
            b);
    assertThat(kept).isFalse();
    assertThat(b.has("d")).isFalse();
  }

  @Test
  void comparesWithTheTarget() {
    Labels same = Labels.of("a", "x", "b", "x");
    assertThat(apply(same, rule().source("a").target("b").action(RelabelAction.KEEPEQUAL)))
        .isEqualTo(same);
    assertThat(apply(INPUT, rule().source("a").target("b").action(RelabelAction.KEEPEQUAL)))
        .isNull();
    assertThat(apply(same, rule().source("a").target("b").action(RelabelAction.DROPEQUAL)))
        .isNull();
    assertThat(apply(INPUT, rule().source("a").target("b").action(RelabelAction.DROPEQUAL)))
        .isEqualTo(INPUT);
  }

  @ParameterizedTest
  @CsvSource({
    "c, 1000, 83",
    "baz, 1000, 976",
    "a\\nb, 1000, 304",
    "'', 18446744073709551615, 16825458760271544958"
  })
  void hashesByMd5(String value, String modulus, String bucket) {
    Labels in = Labels.of("c", value.replace("\\n", "\n"));
    assertThat(
            apply(
                    in,
                    rule()
                        .source("c")
                        .target("d")
                        .modulus(Long.parseUnsignedLong(modulus))
                        .action(RelabelAction.HASHMOD))
                .get("d"))
        .isEqualTo(bucket);
  }

  @Test
  void mapsNames() {
    Labels in = Labels.of("a", "1", "meta_x", "2", "meta_y", "3");
    assertThat(apply(in, rule().regex("meta_(.+)").action(RelabelAction.LABELMAP)))
        .isEqualTo(Labels.of("a", "1", "meta_x", "2", "meta_y", "3", "x", "2", "y", "3"));
    assertThat(
            apply(
                in, rule().regex("meta_(x)").replacement("z_${1}").action(RelabelAction.LABELMAP)))
        .isEqualTo(Labels.of("a", "1", "meta_x", "2", "meta_y", "3", "z_x", "2"));
  }

  @Test
  void removesNames() {
    assertThat(apply(INPUT, rule().regex("a|b").action(RelabelAction.LABELDROP)))
        .isEqualTo(Labels.of("c", "baz"));
    assertThat(apply(INPUT, rule().regex("a|b").action(RelabelAction.LABELKEEP)))
        .isEqualTo(Labels.of("a", "foo", "b", "bar"));
  }

  @Test
  void mapsCaseByCharacter() {
    Labels in = Labels.of("a", "Straße ΣΑΣ İ");
    assertThat(apply(in, rule().source("a").target("b").action(RelabelAction.UPPERCASE)).get("b"))
        .isEqualTo("STRAßE ΣΑΣ İ");
    assertThat(apply(in, rule().source("a").target("b").action(RelabelAction.LOWERCASE)).get("b"))
        .isEqualTo("straße σασ i");
  }

  @ParameterizedTest
  @CsvSource({
    "a, true",
    "$1, true",
    "${1}, true",
    "${1}_b, true",
    "a${1}b$2, true",
    "$, false",
    "${}, false",
    "1a, false",
    "a-b, false",
    "'', false"
  })
  void knowsLegacyTemplates(String template, boolean valid) {
    assertThat(Relabeling.isValidTemplate(template, NameValidation.LEGACY)).isEqualTo(valid);
    assertThat(Relabeling.isValidTemplate(template, NameValidation.UTF8))
        .isEqualTo(!template.isEmpty());
  }
}
