package io.narthex.promql.internal.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.print.PrettyPrinter;
import io.narthex.promql.internal.print.Printer;
import io.narthex.promql.internal.print.SyntaxTreeJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ParserTest {

  /**
   * Lines of query, "ok" or "error", and the pretty form or error text, as the reference gave them.
   */
  static Stream<String> expressions() throws IOException {
    try (InputStream in = ParserTest.class.getResourceAsStream("expressions.tsv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void agreesWithTheReference(String line) {
    List<String> columns = List.of(line.split("\t", -1));
    assertThat(outcome(columns.get(0).replace("\\n", "\n")))
        .isEqualTo(columns.get(1) + "\t" + columns.get(2).replace("\\n", "\n"));
  }

  private static String outcome(String query) {
    try {
      return "ok\t" + PrettyPrinter.print(Parser.parse(query, LanguageOptions.ALL));
    } catch (ParseException e) {
      return "error\t" + e.getMessage();
    }
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void printedFormParsesToItself(String line) throws ParseException {
    List<String> columns = List.of(line.split("\t", -1));
    if (columns.get(1).equals("ok")) {
      Expr first = Parser.parse(columns.get(0).replace("\\n", "\n"), LanguageOptions.ALL);
      String printed = Printer.print(first);
      Expr second = Parser.parse(printed, LanguageOptions.ALL);
      assertThat(Printer.print(second)).isEqualTo(printed);
    }
  }

  /** Whatever the text, parsing ends with a tree that prints or with an error that has a place. */
  @Test
  void mutatedTextsNeverCrash() throws IOException {
    Random random = new Random(42);
    List<String> queries = expressions().map(l -> l.split("\t", -1)[0]).toList();
    String alphabet = "(){}[]\"'`,:=!~<>+-*/%^@# \t\n09eEx._aSum\\";
    int parsed = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder q = new StringBuilder(queries.get(random.nextInt(queries.size())));
      for (int i = random.nextInt(4); i >= 0; i--) {
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        q.insert(random.nextInt(q.length() + 1), c);
      }
      try {
        SyntaxTreeJson.print(Parser.parse(q.toString(), LanguageOptions.ALL));
        parsed++;
      } catch (ParseException e) {
        assertThat(e).hasMessageMatching("(?s)(\\d+:\\d+|unknown position): parse error: .+");
      }
    }
    assertThat(parsed).isPositive();
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() ->
            Parser.parse("(".repeat(100_000) + "1" + ")".repeat(100_000), LanguageOptions.ALL))
        .isInstanceOf(ParseException.class)
        .hasMessageContaining("nested too deeply");
    assertThatThrownBy(() -> Parser.parse("-".repeat(100_000) + "a", LanguageOptions.ALL))
        .isInstanceOf(ParseException.class)
        .hasMessageContaining("nested too deeply");
    assertThatThrownBy(() ->
            Parser.parse(
                "a[" + "(".repeat(100_000) + "1" + ")".repeat(100_000) + "]", LanguageOptions.ALL))
        .isInstanceOf(ParseException.class)
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void longChainsNeedNoStack() throws ParseException {
    String chain = "a" + " + a".repeat(5_000);
    assertThat(Parser.parse("1" + " + 1".repeat(900), LanguageOptions.STABLE)).isNotNull();
    assertThatThrownBy(() -> Parser.parse(chain + " +", LanguageOptions.STABLE))
        .isInstanceOf(ParseException.class);
  }

  @Test
  void experimentsNeedTheirOptions() {
    assertThatThrownBy(() -> Parser.parse("first_over_time(a[1m])", LanguageOptions.STABLE))
        .hasMessage("1:1: parse error: function \"first_over_time\" is not enabled");
    assertThatThrownBy(() -> Parser.parse("limitk(1, a)", LanguageOptions.STABLE))
        .hasMessage(
            "1:1: parse error: limitk() is experimental and must be enabled with"
                + " --enable-feature=promql-experimental-functions");
    assertThatThrownBy(() -> Parser.parse("a + fill(1) b", LanguageOptions.STABLE))
        .hasMessageContaining("binop fill modifiers are experimental and not enabled");
    assertThatThrownBy(() -> Parser.parse("rate(a[1m] smoothed)", LanguageOptions.STABLE))
        .hasMessageContaining("smoothed modifier is experimental and not enabled");
  }
}
