package io.narthex.promql.internal.print;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.model.GoFloat;
import io.narthex.model.LabelMatcher;
import io.narthex.model.LabelNames;
import io.narthex.promql.internal.ast.At;
import io.narthex.promql.internal.ast.DurationExpr;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.Extension;
import io.narthex.promql.internal.ast.FunctionSignature;
import io.narthex.promql.internal.ast.TimeShift;
import io.narthex.promql.internal.ast.ValueType;
import io.narthex.promql.internal.ast.VectorMatching;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The syntax tree as JSON, keys in alphabetical order, durations in milliseconds. */
public final class SyntaxTreeJson {

  private final JsonGenerator out;

  private SyntaxTreeJson(JsonGenerator out) {
    this.out = out;
  }

  public static String print(Expr e) {
    StringWriter text = new StringWriter();
    JsonFactory factory = new JsonFactory().setCharacterEscapes(new HtmlSafe());
    try (JsonGenerator out = factory.createGenerator(text)) {
      new SyntaxTreeJson(out).node(e);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private void node(@Nullable Expr e) throws IOException {
    if (e == null) {
      out.writeNull();
      return;
    }
    out.writeStartObject();
    switch (e) {
      case Expr.NumberLiteral n -> {
        out.writeStringField("type", "numberLiteral");
        out.writeStringField("val", GoFloat.f(n.value()));
      }
      case Expr.StringLiteral s -> {
        out.writeStringField("type", "stringLiteral");
        out.writeStringField("val", wellFormed(s.value()));
      }
      case Expr.Paren p -> {
        child("expr", p.inner());
        out.writeStringField("type", "parenExpr");
      }
      case Expr.Unary u -> {
        child("expr", u.operand());
        out.writeStringField("op", u.negative() ? "-" : "+");
        out.writeStringField("type", "unaryExpr");
      }
      case Expr.VectorSelector v -> selector(v, null);
      case Expr.MatrixSelector m -> selector(m.vector(), m.range());
      case Expr.Subquery s -> subquery(s);
      case Expr.Aggregate a -> aggregate(a);
      case Expr.Binary b -> binary(b);
      case Expr.Call c -> call(c);
    }
    out.writeEndObject();
  }

  private void child(String key, @Nullable Expr e) throws IOException {
    out.writeFieldName(key);
    node(e);
  }

  private void selector(Expr.VectorSelector v, @Nullable DurationExpr range) throws IOException {
    out.writeBooleanField("anchored", v.extension() == Extension.ANCHORED);
    out.writeArrayFieldStart("matchers");
    for (LabelMatcher m : v.matchers()) {
      out.writeStartObject();
      out.writeStringField("name", m.name());
      out.writeStringField("type", m.type().operator());
      out.writeStringField("value", m.value());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeStringField("name", v.name());
    duration("offset", v.shift().offset());
    if (range != null) {
      duration("range", range);
    }
    out.writeBooleanField("smoothed", v.extension() == Extension.SMOOTHED);
    at(v.shift());
    out.writeStringField("type", range == null ? "vectorSelector" : "matrixSelector");
  }

  private void subquery(Expr.Subquery s) throws IOException {
    child("expr", s.inner());
    duration("offset", s.shift().offset());
    duration("range", s.range());
    if (s.shift().at() == null || s.shift().at() instanceof At.Time) {
      out.writeNullField("startOrEnd");
    } else {
      out.writeStringField("startOrEnd", s.shift().at() instanceof At.Start ? "start" : "end");
    }
    duration("step", s.step());
    timestamp(s.shift());
    out.writeStringField("type", "subquery");
  }

  /** The milliseconds of a literal, or 0 and, under a second key, the arithmetic as text. */
  private void duration(String key, @Nullable DurationExpr d) throws IOException {
    switch (d) {
      case null -> {
        out.writeNumberField(key, 0);
        out.writeNullField(key + "Expr");
      }
      case DurationExpr.Literal l -> {
        out.writeNumberField(key, l.millis());
        out.writeNullField(key + "Expr");
      }
      default -> {
        out.writeNumberField(key, 0);
        out.writeStringField(key + "Expr", DurationPrinter.print(d));
      }
    }
  }

  private void at(TimeShift shift) throws IOException {
    switch (shift.at()) {
      case At.Start s -> out.writeStringField("startOrEnd", "start");
      case At.End s -> out.writeStringField("startOrEnd", "end");
      case null, default -> out.writeNullField("startOrEnd");
    }
    timestamp(shift);
  }

  private void timestamp(TimeShift shift) throws IOException {
    if (shift.at() instanceof At.Time t) {
      out.writeNumberField("timestamp", t.timestamp());
    } else {
      out.writeNullField("timestamp");
    }
  }

  private void aggregate(Expr.Aggregate a) throws IOException {
    child("expr", a.inner());
    strings("grouping", a.grouping());
    out.writeStringField("op", a.operator().text());
    child("param", a.parameter());
    out.writeStringField("type", "aggregation");
    out.writeBooleanField("without", a.without());
  }

  private void binary(Expr.Binary b) throws IOException {
    out.writeBooleanField("bool", b.returnBool());
    child("lhs", b.left());
    VectorMatching m = b.matching();
    if (m == null) {
      out.writeNullField("matching");
    } else {
      out.writeObjectFieldStart("matching");
      out.writeStringField("card", m.cardinality().text());
      out.writeObjectFieldStart("fillValues");
      fill("lhs", m.fillLeft());
      fill("rhs", m.fillRight());
      out.writeEndObject();
      strings("include", m.include());
      strings("labels", m.labels());
      out.writeBooleanField("on", m.on());
      out.writeEndObject();
    }
    out.writeStringField("op", b.operator().symbol());
    child("rhs", b.right());
    out.writeStringField("type", "binaryExpr");
  }

  private void fill(String key, @Nullable Double value) throws IOException {
    if (value == null) {
      out.writeNullField(key);
    } else {
      out.writeFieldName(key);
      out.writeRawValue(GoFloat.sample(value));
    }
  }

  private void call(Expr.Call c) throws IOException {
    out.writeArrayFieldStart("args");
    for (Expr argument : c.arguments()) {
      node(argument);
    }
    out.writeEndArray();
    FunctionSignature f = c.function();
    out.writeObjectFieldStart("func");
    out.writeArrayFieldStart("argTypes");
    for (ValueType type : f.arguments()) {
      out.writeString(type.text());
    }
    out.writeEndArray();
    out.writeStringField("name", f.name());
    out.writeStringField("returnType", f.result().text());
    out.writeNumberField("variadic", f.variadic());
    out.writeEndObject();
    out.writeStringField("type", "call");
  }

  /** The string with U+FFFD for each byte that is no UTF-8. */
  private static String wellFormed(String s) {
    return LabelNames.isUtf8(s)
        ? s
        : new String(s.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
  }

  private void strings(String key, List<String> values) throws IOException {
    out.writeArrayFieldStart(key);
    for (String s : values) {
      out.writeString(s);
    }
    out.writeEndArray();
  }
}
