package io.narthex.promql.internal.parse;

import io.narthex.promql.internal.ast.At;
import io.narthex.promql.internal.ast.DurationExpr;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.Expr.MatrixSelector;
import io.narthex.promql.internal.ast.Expr.Subquery;
import io.narthex.promql.internal.ast.Expr.VectorSelector;
import io.narthex.promql.internal.ast.Extension;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.ast.TimeShift;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses what follows a selector or subquery: ranges, offset, {@code @}, anchored, smoothed. */
final class ModifierParser {

  private static final String SHIFTED =
      " modifier must be preceded by an instant vector selector or range vector selector or a"
          + " subquery";

  private final TokenStream in;
  private final LanguageOptions options;
  private final DurationParser durations;

  ModifierParser(TokenStream in, LanguageOptions options) {
    this.in = in;
    this.options = options;
    this.durations = new DurationParser(in);
  }

  Expr postfix(Expr operand) throws TokenStream.Stop {
    Expr e = operand;
    while (true) {
      Token t = in.peek();
      if (t.is(TokenType.LEFT_BRACKET)) {
        e = bracket(e);
      } else if (t.is(TokenType.KEYWORD, "offset")) {
        e = offset(e);
      } else if (t.is(TokenType.OPERATOR, "@")) {
        e = at(e);
      } else if (t.is(TokenType.KEYWORD, "anchored") || t.is(TokenType.KEYWORD, "smoothed")) {
        e = extension(e);
      } else {
        return e;
      }
    }
  }

  private Expr bracket(Expr e) throws TokenStream.Stop {
    Token open = in.take();
    DurationExpr range = durations.positive("subquery or range selector");
    if (in.skip(TokenType.COLON)) {
      DurationExpr step =
          in.at(TokenType.RIGHT_BRACKET) ? null : durations.positive("subquery selector");
      Token close = in.expect(TokenType.RIGHT_BRACKET, "subquery selector", "\"]\"");
      return new Subquery(e.position().to(close.position()), e, range, step, TimeShift.NONE);
    }
    Token close = in.expect(TokenType.RIGHT_BRACKET, "subquery or range", "\":\" or \"]\"");
    Position brackets = open.position().to(close.position());
    if (!(e instanceof VectorSelector v)) {
      in.error(brackets, "ranges only allowed for vector selectors");
      return e;
    }
    if (v.shift().offset() != null) {
      in.error(brackets, "no offset modifiers allowed before range");
    } else if (v.shift().at() != null) {
      in.error(brackets, "no @ modifiers allowed before range");
    }
    return new MatrixSelector(e.position().to(close.position()), v, range);
  }

  private Expr offset(Expr e) throws TokenStream.Stop {
    in.take();
    DurationExpr offset = durations.offset();
    TimeShift shift = shift(e);
    if (shift == null) {
      in.error(e.position(), "offset" + SHIFTED);
      return e;
    }
    if (shift.offset() != null) {
      in.error(e.position(), "offset may not be set multiple times");
    }
    return shifted(e, new TimeShift(offset, shift.at()));
  }

  private Expr at(Expr e) throws TokenStream.Stop {
    in.take();
    At at = pin(e);
    TimeShift shift = shift(e);
    if (shift == null) {
      in.error(e.position(), "@" + SHIFTED);
      return e;
    }
    if (shift.at() != null) {
      in.error(e.position(), "@ <timestamp> may not be set multiple times");
    }
    return shifted(e, new TimeShift(shift.offset(), at));
  }

  private At pin(Expr e) throws TokenStream.Stop {
    boolean start = in.at(TokenType.PREPROCESSOR, "start");
    if (start || in.at(TokenType.PREPROCESSOR, "end")) {
      in.take();
      in.expect(TokenType.LEFT_PAREN, "@", "timestamp");
      in.expect(TokenType.RIGHT_PAREN, "@", "timestamp");
      return start ? new At.Start() : new At.End();
    }
    boolean negative = in.at(TokenType.OPERATOR, "-");
    if (negative || in.at(TokenType.OPERATOR, "+")) {
      in.take();
    }
    if (!in.at(TokenType.NUMBER) && !in.at(TokenType.DURATION)) {
      throw in.unexpected("@", "timestamp");
    }
    double seconds = Numbers.value(in, in.take()) * (negative ? -1 : 1);
    if (!(Math.abs(seconds) < Long.MAX_VALUE)) {
      in.error(e.position(), "timestamp out of bounds for @ modifier: " + fixed(seconds));
      return new At.Time(0);
    }
    return new At.Time(Math.round(seconds * 1000));
  }

  private static String fixed(double v) {
    if (Double.isNaN(v)) {
      return "NaN";
    }
    if (Double.isInfinite(v)) {
      return v > 0 ? "+Inf" : "-Inf";
    }
    return String.format(Locale.ROOT, "%f", v);
  }

  private Expr extension(Expr e) {
    Token word = in.take();
    Extension extension = word.lower().equals("anchored") ? Extension.ANCHORED : Extension.SMOOTHED;
    if (!options.extendedRangeSelectors()) {
      in.error(word.position(), extension.text() + " modifier is experimental and not enabled");
    }
    return switch (e) {
      case VectorSelector v -> {
        checkSingle(v, e);
        yield extended(v, extension);
      }
      case MatrixSelector m -> {
        checkSingle(m.vector(), e);
        yield new MatrixSelector(grown(e), extended(m.vector(), extension), m.range());
      }
      case Subquery s -> {
        in.error(e.position(), extension.text() + " modifier is not supported for subqueries");
        yield s;
      }
      default -> {
        in.error(
            e.position(),
            extension.text()
                + " modifier must be preceded by an instant vector selector or range vector"
                + " selector");
        yield e;
      }
    };
  }

  private void checkSingle(VectorSelector v, Expr whole) {
    if (v.extension() != Extension.NONE) {
      in.error(whole.position(), "anchored and smoothed modifiers cannot be used together");
    }
  }

  private VectorSelector extended(VectorSelector v, Extension extension) {
    return new VectorSelector(grown(v), v.name(), v.matchers(), v.shift(), extension);
  }

  private static @Nullable TimeShift shift(Expr e) {
    return switch (e) {
      case VectorSelector v -> v.shift();
      case MatrixSelector m -> m.vector().shift();
      case Subquery s -> s.shift();
      default -> null;
    };
  }

  private Expr shifted(Expr e, TimeShift shift) {
    return switch (e) {
      case VectorSelector v ->
          new VectorSelector(grown(v), v.name(), v.matchers(), shift, v.extension());
      case MatrixSelector m -> {
        VectorSelector v = m.vector();
        yield new MatrixSelector(
            grown(m),
            new VectorSelector(v.position(), v.name(), v.matchers(), shift, v.extension()),
            m.range());
      }
      case Subquery s -> new Subquery(grown(s), s.inner(), s.range(), s.step(), shift);
      default -> e;
    };
  }

  /** The place of a node that a modifier has been added to. */
  private Position grown(Expr e) {
    return new Position(e.position().start(), in.lastEnd());
  }
}
