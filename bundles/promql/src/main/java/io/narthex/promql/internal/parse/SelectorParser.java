package io.narthex.promql.internal.parse;

import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.model.RegexSyntaxException;
import io.narthex.promql.internal.ast.Expr.VectorSelector;
import io.narthex.promql.internal.ast.Extension;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.ast.TimeShift;
import java.util.ArrayList;
import java.util.List;

/** Parses series selectors up to, and without, their modifiers. */
final class SelectorParser {

  private static final String CONTEXT = "label matching";

  private final TokenStream in;

  SelectorParser(TokenStream in) {
    this.in = in;
  }

  /** {@code name}, {@code name{…}} or {@code {…}}. */
  VectorSelector selector() throws TokenStream.Stop {
    Token first = in.peek();
    String name = "";
    if (Words.canBeMetric(first)) {
      name = in.take().text();
    } else if (!first.is(TokenType.LEFT_BRACE)) {
      throw in.unexpected("", "");
    }
    List<LabelMatcher> matchers = new ArrayList<>();
    if (in.at(TokenType.LEFT_BRACE)) {
      matchers(matchers);
    }
    if (!name.isEmpty()) {
      matchers.add(LabelMatcher.equal(Labels.NAME, name));
    }
    return new VectorSelector(
        new Position(first.start(), in.lastEnd()), name, matchers, TimeShift.NONE, Extension.NONE);
  }

  private void matchers(List<LabelMatcher> into) throws TokenStream.Stop {
    in.take();
    while (!in.skip(TokenType.RIGHT_BRACE)) {
      matcher(into);
      if (!in.skip(TokenType.COMMA) && !in.at(TokenType.RIGHT_BRACE)) {
        throw in.unexpected(CONTEXT, "\",\" or \"}\"");
      }
    }
  }

  private void matcher(List<LabelMatcher> into) throws TokenStream.Stop {
    Token label = in.peek();
    boolean quoted = label.is(TokenType.STRING);
    if (!quoted && !label.is(TokenType.IDENTIFIER)) {
      throw in.unexpected(CONTEXT, "identifier or \"}\"");
    }
    in.take();
    String name = quoted ? StringScanner.unquote(label.text()) : label.text();
    if (quoted && (in.at(TokenType.COMMA) || in.at(TokenType.RIGHT_BRACE))) {
      into.add(LabelMatcher.equal(Labels.NAME, name));
      return;
    }
    if (!in.at(TokenType.EQUAL) && !in.at(TokenType.OPERATOR)) {
      throw quoted
          ? in.unexpected(CONTEXT, "\",\" or \"}\"")
          : in.unexpected(CONTEXT, "label matching operator");
    }
    LabelMatcher.Type type = type(in.take().text());
    Token value = in.expect(TokenType.STRING, CONTEXT, "string");
    try {
      into.add(new LabelMatcher(type, name, StringScanner.unquote(value.text())));
    } catch (RegexSyntaxException e) {
      in.error(label.position().to(value.position()), String.valueOf(e.getMessage()));
    }
  }

  private static LabelMatcher.Type type(String operator) {
    return switch (operator) {
      case "=~" -> LabelMatcher.Type.REGEX;
      case "!~" -> LabelMatcher.Type.NOT_REGEX;
      case "!=" -> LabelMatcher.Type.NOT_EQUAL;
      default -> LabelMatcher.Type.EQUAL;
    };
  }
}
