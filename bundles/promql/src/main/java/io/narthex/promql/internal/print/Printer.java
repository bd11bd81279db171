package io.narthex.promql.internal.print;

import io.narthex.model.GoFloat;
import io.narthex.model.GoQuote;
import io.narthex.model.LabelMatcher;
import io.narthex.model.LabelNames;
import io.narthex.model.Labels;
import io.narthex.model.PromDuration;
import io.narthex.model.Utf8Order;
import io.narthex.promql.internal.ast.At;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.Extension;
import io.narthex.promql.internal.ast.TimeShift;
import io.narthex.promql.internal.ast.VectorMatching;
import io.narthex.promql.internal.ast.VectorMatching.Cardinality;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Expressions on one line, in the reference's normal form. */
public final class Printer {

  private Printer() {}

  public static String print(Expr e) {
    return switch (e) {
      case Expr.NumberLiteral n -> number(n);
      case Expr.StringLiteral s -> GoQuote.quote(s.value());
      case Expr.VectorSelector v -> bare(v) + extension(v) + shift(v.shift());
      case Expr.MatrixSelector m ->
          bare(m.vector())
              + "["
              + DurationPrinter.print(m.range())
              + "]"
              + extension(m.vector())
              + shift(m.vector().shift());
      case Expr.Subquery s -> print(s.inner()) + subquerySuffix(s);
      case Expr.Paren p -> "(" + print(p.inner()) + ")";
      case Expr.Unary u -> (u.negative() ? "-" : "+") + print(u.operand());
      case Expr.Binary b -> print(b.left()) + " " + operator(b) + " " + print(b.right());
      case Expr.Aggregate a -> aggregate(a);
      case Expr.Call c -> c.function().name() + "(" + list(c.arguments()) + ")";
    };
  }

  private static String number(Expr.NumberLiteral n) {
    if (!n.duration()) {
      return GoFloat.f(n.value());
    }
    return (n.value() < 0 ? "-" : "") + PromDuration.format(Math.round(Math.abs(n.value()) * 1000));
  }

  private static String list(List<Expr> expressions) {
    List<String> out = new ArrayList<>();
    for (Expr e : expressions) {
      out.add(print(e));
    }
    return String.join(", ", out);
  }

  private static String aggregate(Expr.Aggregate a) {
    String parameter = a.parameter() == null ? "" : print(a.parameter()) + ", ";
    return aggregateHead(a) + "(" + parameter + print(a.inner()) + ")";
  }

  /** The operator with its grouping. */
  static String aggregateHead(Expr.Aggregate a) {
    String op = a.operator().text();
    if (a.without()) {
      return op + " without (" + labelList(a.grouping()) + ") ";
    }
    return a.grouping().isEmpty() ? op : op + " by (" + labelList(a.grouping()) + ") ";
  }

  /** The operator with bool, matching and fill. */
  static String operator(Expr.Binary b) {
    StringBuilder out = new StringBuilder(b.operator().symbol());
    if (b.returnBool()) {
      out.append(" bool");
    }
    VectorMatching m = b.matching();
    if (m == null) {
      return out.toString();
    }
    boolean group =
        m.cardinality() == Cardinality.MANY_TO_ONE || m.cardinality() == Cardinality.ONE_TO_MANY;
    if (!m.labels().isEmpty() || m.on() || group) {
      out.append(m.on() ? " on (" : " ignoring (").append(labelList(m.labels())).append(')');
      if (group) {
        out.append(m.cardinality() == Cardinality.MANY_TO_ONE ? " group_left (" : " group_right (")
            .append(labelList(m.include()))
            .append(')');
      }
    }
    fill(out, m);
    return out.toString();
  }

  private static void fill(StringBuilder out, VectorMatching m) {
    Double left = m.fillLeft();
    Double right = m.fillRight();
    if (left != null && left.equals(right)) {
      out.append(" fill (").append(GoFloat.g(left)).append(')');
      return;
    }
    if (left != null) {
      out.append(" fill_left (").append(GoFloat.g(left)).append(')');
    }
    if (right != null) {
      out.append(" fill_right (").append(GoFloat.g(right)).append(')');
    }
  }

  private static String labelList(List<String> labels) {
    List<String> out = new ArrayList<>();
    for (String l : labels) {
      out.add(LabelNames.isLegacyMetricName(l) ? l : GoQuote.quote(l));
    }
    return String.join(", ", out);
  }

  private static String bare(Expr.VectorSelector v) {
    List<String> matchers = new ArrayList<>();
    for (LabelMatcher m : v.matchers()) {
      boolean isName = m.name().equals(Labels.NAME) && m.type() == LabelMatcher.Type.EQUAL;
      if (!isName || (v.name().isEmpty() || !m.value().equals(v.name()))) {
        matchers.add(m.toString());
      }
    }
    matchers.sort(Utf8Order::compare);
    return matchers.isEmpty() ? v.name() : v.name() + "{" + String.join(",", matchers) + "}";
  }

  private static String extension(Expr.VectorSelector v) {
    return v.extension() == Extension.NONE ? "" : " " + v.extension().text();
  }

  static String subquerySuffix(Expr.Subquery s) {
    String step = s.step() == null ? "" : DurationPrinter.print(s.step());
    return "[" + DurationPrinter.print(s.range()) + ":" + step + "]" + shift(s.shift());
  }

  private static String shift(TimeShift shift) {
    StringBuilder out = new StringBuilder();
    switch (shift.at()) {
      case null -> {}
      case At.Time t ->
          out.append(" @ ").append(String.format(Locale.ROOT, "%.3f", t.timestamp() / 1000.0));
      case At.Start s -> out.append(" @ start()");
      case At.End e -> out.append(" @ end()");
    }
    if (shift.offset() != null) {
      String offset = DurationPrinter.print(shift.offset());
      if (!offset.equals("0s")) {
        out.append(" offset ").append(offset);
      }
    }
    return out.toString();
  }
}
