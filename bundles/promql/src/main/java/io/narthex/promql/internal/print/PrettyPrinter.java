package io.narthex.promql.internal.print;

import io.narthex.promql.internal.ast.Expr;
import java.util.ArrayList;
import java.util.List;

/** Expressions over several lines where one line would be too long. */
public final class PrettyPrinter {

  private static final int LINE = 100;

  private PrettyPrinter() {}

  public static String print(Expr e) {
    return print(e, 0);
  }

  private static String print(Expr e, int level) {
    String indent = "  ".repeat(level);
    String line = Printer.print(e);
    if (line.length() <= LINE) {
      // The reference leaves a subquery that fits its line where the line begins.
      return e instanceof Expr.Subquery ? line : indent + line;
    }
    return switch (e) {
      case Expr.NumberLiteral n -> indent + line;
      case Expr.StringLiteral s -> indent + line;
      case Expr.VectorSelector v -> indent + line;
      case Expr.MatrixSelector m -> indent + line;
      case Expr.Subquery s -> print(s.inner(), level) + Printer.subquerySuffix(s);
      case Expr.Paren p -> indent + "(\n" + print(p.inner(), level + 1) + "\n" + indent + ")";
      case Expr.Unary u ->
          indent + (u.negative() ? "-" : "+") + print(u.operand(), level).stripLeading();
      case Expr.Binary b ->
          print(b.left(), level + 1)
              + "\n"
              + indent
              + Printer.operator(b)
              + "\n"
              + print(b.right(), level + 1);
      case Expr.Aggregate a -> aggregate(a, level, indent);
      case Expr.Call c ->
          indent
              + c.function().name()
              + "(\n"
              + arguments(c.arguments(), level + 1)
              + "\n"
              + indent
              + ")";
    };
  }

  private static String aggregate(Expr.Aggregate a, int level, String indent) {
    String parameter = a.parameter() == null ? "" : print(a.parameter(), level + 1) + ",\n";
    return indent
        + Printer.aggregateHead(a)
        + "(\n"
        + parameter
        + print(a.inner(), level + 1)
        + "\n"
        + indent
        + ")";
  }

  private static String arguments(List<Expr> arguments, int level) {
    List<String> out = new ArrayList<>();
    for (Expr e : arguments) {
      out.add(print(e, level));
    }
    return String.join(",\n", out);
  }
}
