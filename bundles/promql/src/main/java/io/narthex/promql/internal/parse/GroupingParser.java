package io.narthex.promql.internal.parse;

import io.narthex.model.GoQuote;
import io.narthex.model.LabelNames;
import io.narthex.model.NameValidation;
import java.util.ArrayList;
import java.util.List;

/** Parses lists of labels between parentheses. */
final class GroupingParser {

  private static final String CONTEXT = "grouping opts";

  private GroupingParser() {}

  static List<String> labels(TokenStream in) throws TokenStream.Stop {
    in.expect(TokenType.LEFT_PAREN, CONTEXT, "\"(\"");
    List<String> labels = new ArrayList<>();
    while (!in.skip(TokenType.RIGHT_PAREN)) {
      labels.add(label(in));
      if (!in.skip(TokenType.COMMA) && !in.at(TokenType.RIGHT_PAREN)) {
        throw in.unexpected(CONTEXT, "\",\" or \")\"");
      }
    }
    return labels;
  }

  private static String label(TokenStream in) throws TokenStream.Stop {
    Token t = in.peek();
    if (t.is(TokenType.STRING)) {
      in.take();
      String name = StringScanner.unquote(t.text());
      if (!LabelNames.isValidLabelName(name, NameValidation.UTF8)) {
        in.error(t.position(), "invalid label name for grouping: " + GoQuote.quote(name));
      }
      return name;
    }
    if (!Words.canBeGroupingLabel(t)) {
      throw in.unexpected(CONTEXT, "label");
    }
    return in.take().text();
  }
}
