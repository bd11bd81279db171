package io.narthex.config.internal.yaml;

import io.narthex.api.config.ConfigurationException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** What a scalar says, with the text as it was written. */
sealed interface ScalarValue {

  ScalarValue NULL = new Null();

  /** The text, empty for null. */
  String text();

  /** The short tag that error texts show. */
  String tag();

  @Nullable Object data();

  record Null() implements ScalarValue {
    @Override
    public String text() {
      return "";
    }

    @Override
    public String tag() {
      return "!!null";
    }

    @Override
    public @Nullable Object data() {
      return null;
    }
  }

  record Bool(boolean value, String text) implements ScalarValue {
    @Override
    public String tag() {
      return "!!bool";
    }

    @Override
    public Object data() {
      return value;
    }
  }

  /** A Long or a Double. */
  record Num(Number value, String text) implements ScalarValue {
    @Override
    public String tag() {
      return value instanceof Long ? "!!int" : "!!float";
    }

    @Override
    public Object data() {
      return value;
    }
  }

  record Text(String text) implements ScalarValue {
    @Override
    public String tag() {
      return "!!str";
    }

    @Override
    public Object data() {
      return text;
    }
  }

  /** The meaning of a scalar; one that contradicts its own tag is taken as text. */
  static ScalarValue of(ScalarNode node) {
    Tag tag = node.getTag();
    String s = node.getValue();
    if (tag.equals(YamlLoader.PLAIN)) {
      return plain(s);
    }
    if (tag.equals(Tag.NULL)) {
      return NULL;
    }
    if (tag.equals(Tag.BINARY)) {
      byte[] data = binary(s);
      return new Text(data == null ? s : escaped(data));
    }
    if (tag.equals(Tag.BOOL) || tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return plain(s);
    }
    return new Text(s);
  }

  /** As {@link #of(ScalarNode)}, and refuses what is not binary although its tag says so. */
  static ScalarValue of(YamlSource source, ScalarNode node) throws ConfigurationException {
    if (node.getTag().equals(Tag.BINARY) && binary(node.getValue()) == null) {
      throw source.error(
          "yaml: line " + YamlLoader.line(node) + ": !!binary value contains invalid base64 data");
    }
    return of(node);
  }

  private static ScalarValue plain(String s) {
    if (Scalars.isNull(s)) {
      return NULL;
    }
    Boolean b = Scalars.bool(s);
    if (b != null) {
      return new Bool(b, s);
    }
    Number n = Scalars.number(s);
    return n != null ? new Num(n, s) : new Text(s);
  }

  private static byte @Nullable [] binary(String s) {
    try {
      return Base64.getDecoder().decode(s.replace("\n", "").replace("\r", ""));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** UTF-8 with each octet that is none as the lone surrogate U+DC00 + octet. */
  private static String escaped(byte[] data) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(data);
    CharBuffer out = CharBuffer.allocate(data.length + 1);
    while (true) {
      CoderResult r = decoder.decode(in, out, true);
      if (!r.isError()) {
        return out.flip().toString();
      }
      for (int i = 0; i < r.length(); i++) {
        out.put((char) (0xdc00 + (in.get() & 0xff)));
      }
      decoder.reset();
    }
  }
}
