package io.narthex.config.internal.write;

import io.narthex.config.internal.yaml.Scalars;
import io.narthex.model.GoFloat;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.ImplicitTuple;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.events.StreamStartEvent;

/** Writes trees of maps and lists in the style of the reference's YAML library. */
public final class YamlWriter {

  private static final ImplicitTuple IMPLICIT = new ImplicitTuple(true, true);

  private final Emitter emitter;

  private YamlWriter(StringWriter out) {
    DumperOptions options = new DumperOptions();
    options.setIndent(2);
    options.setWidth(80);
    options.setSplitLines(true);
    options.setAllowUnicode(true);
    options.setLineBreak(DumperOptions.LineBreak.UNIX);
    emitter = new Emitter(out, options);
  }

  /** The document for a tree. */
  public static String write(@Nullable Object tree) {
    StringWriter out = new StringWriter();
    YamlWriter writer = new YamlWriter(out);
    try {
      writer.emitter.emit(new StreamStartEvent(null, null));
      writer.emitter.emit(new DocumentStartEvent(null, null, false, null, null));
      writer.value(tree);
      writer.emitter.emit(new DocumentEndEvent(null, null, false));
      writer.emitter.emit(new StreamEndEvent(null, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private void value(@Nullable Object value) throws IOException {
    switch (value) {
      case null -> plain("null");
      case Map<?, ?> map -> map(map);
      case List<?> list -> list(list, FlowStyle.BLOCK);
      case Tree.Flow flow -> list(flow.values(), FlowStyle.FLOW);
      case Tree.Plain p -> plain(p.text());
      case String s -> text(s);
      case Double d -> plain(real(d));
      default -> plain(value.toString());
    }
  }

  private static String real(double d) {
    if (Double.isNaN(d)) {
      return ".nan";
    }
    return Double.isInfinite(d) ? (d > 0 ? ".inf" : "-.inf") : GoFloat.g(d);
  }

  private void map(Map<?, ?> map) throws IOException {
    emitter.emit(new MappingStartEvent(null, null, true, null, null, FlowStyle.BLOCK));
    for (Map.Entry<?, ?> e : map.entrySet()) {
      value(e.getKey());
      value(e.getValue());
    }
    emitter.emit(new MappingEndEvent(null, null));
  }

  private void list(List<?> list, FlowStyle style) throws IOException {
    emitter.emit(new SequenceStartEvent(null, null, true, null, null, style));
    for (Object o : list) {
      value(o);
    }
    emitter.emit(new SequenceEndEvent(null, null));
  }

  private void plain(String text) throws IOException {
    scalar(text, ScalarStyle.PLAIN);
  }

  private void text(String text) throws IOException {
    if (text.indexOf('\n') >= 0) {
      scalar(text, ScalarStyle.LITERAL);
    } else if (isText(text)) {
      plain(text);
    } else {
      scalar(text, ScalarStyle.DOUBLE_QUOTED);
    }
  }

  /** Whether a plain scalar of that text is read back as text. */
  private static boolean isText(String s) {
    return !Scalars.isNull(s)
        && Scalars.bool(s) == null
        && Scalars.number(s) == null
        && !s.equals("<<")
        && !Sexagesimal.matches(s)
        && Optional.of(s).filter(YamlWriter::looksLikeDate).isEmpty();
  }

  /** {@code 2001-01-01}, alone or before a time. */
  private static boolean looksLikeDate(String s) {
    int dash = s.indexOf('-');
    if (dash != 4) {
      return false;
    }
    for (int i = 0; i < dash; i++) {
      if (s.charAt(i) < '0' || s.charAt(i) > '9') {
        return false;
      }
    }
    int second = s.indexOf('-', dash + 1);
    return second > dash + 1
        && second <= dash + 3
        && Character.isDigit(s.charAt(dash + 1))
        && second + 1 < s.length()
        && Character.isDigit(s.charAt(second + 1));
  }

  private void scalar(String text, ScalarStyle style) throws IOException {
    emitter.emit(new ScalarEvent(null, null, IMPLICIT, text, null, null, style));
  }
}
