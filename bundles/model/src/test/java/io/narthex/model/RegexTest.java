package io.narthex.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {

  private static final List<String> INPUTS =
      List.of(
          "", "a", "b", "ab", "abc", "xabc", "abcx", "xabcx", "a.c", "a\nb", "A", "a|b", "ü", "-");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".*",
        ".+",
        "a",
        "a|b",
        "(a|b)",
        "(?:a|b)",
        "a|",
        "|a",
        "abc.*",
        ".*abc",
        ".*abc.*",
        ".*.*",
        "a\\.c",
        "a.c",
        "a.b",
        "(a|b)|(c)",
        "(a)(b)",
        "(?i:a)",
        "(?i)a",
        "[ab]",
        "a+",
        "a{2}",
        "^a$",
        "a\\|b",
        "\\-",
        "()",
        "(|a)",
        "ü",
        "..*",
        ".*b",
        "a?"
      })
  void agreesWithTheEngine(String source) {
    Regex regex = Regex.anchored(source);
    Pattern engine = Pattern.compile("^(?s:" + source + ")$");
    for (String input : INPUTS) {
      assertThat(regex.matches(input))
          .as("%s on %s", source, input)
          .isEqualTo(engine.matcher(input).matches());
    }
  }

  @Test
  void knowsItsShape() {
    assertThat(Regex.anchored("a|b\\.c").literals()).containsExactly("a", "b.c");
    assertThat(Regex.anchored("a.").literals()).isNull();
    assertThat(Regex.anchored("abc.*").prefix()).isEqualTo("abc");
    assertThat(Regex.anchored(".*abc").prefix()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "(.*)-(.*),  a-b, $1,        a",
    "(.*)-(.*),  a-b, ${2}x$1,   bxa",
    "(.*)-(.*),  a-b, $1x,       ''",
    "(.*)-(.*),  a-b, ${1}x,     ax",
    "(.*)-(.*),  a-b, $0,        a-b",
    "(.*)-(.*),  a-b, $3,        ''",
    "(.*)-(.*),  a-b, $01,       ''",
    "(.*)-(.*),  a-b, $99999999999999999999, ''",
    "(.*)-(.*),  a-b, $$1,       $1",
    "(.*)-(.*),  a-b, 1$,        1$",
    "(.*)-(.*),  a-b, $-,        $-",
    "(.*)-(.*),  a-b, ${1,       ${1",
    "(.*)-(.*),  a-b, ${},       ${}",
    "(?P<x>.*)-.*, a-b, $x.${x}, a.a",
    "(a)|(b),    b,   <$1$2>,    <b>",
  })
  void expandsReferences(String regex, String input, String template, String expanded) {
    assertThat(Regex.anchored(regex).expand(input, template)).isEqualTo(expanded);
  }

  @Test
  void expandsNothingWithoutAMatch() {
    assertThat(Regex.anchored("a").expand("b", "$0")).isNull();
    assertThat(Regex.anchored("a.*").expand("xa", "$0")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a(b", "a)(b", "*", "a\\", "[a", "(?=a)", "a{1001}"})
  void refusesWhatIsNone(String source) {
    assertThatThrownBy(() -> Regex.anchored(source))
        .isInstanceOf(RegexSyntaxException.class)
        .hasMessageStartingWith("error parsing regexp: ");
  }

  @Test
  void takesLinearTime() {
    Regex evil = Regex.anchored("(a*)*b");
    String input = "a".repeat(20_000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(evil.matches(input)).isFalse());
  }

  @Test
  void isEqualBySource() {
    assertThat(Regex.anchored("a.")).isEqualTo(Regex.anchored("a.")).hasToString("a.");
    assertThat(Regex.anchored("a.")).isNotEqualTo(Regex.anchored("b."));
  }
}
