package io.narthex.config.internal.yaml;

import io.narthex.api.config.ConfigurationException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Text to a graph of nodes, within limits on size, depth and aliases that are checked before the
 * memory is taken.
 */
public final class YamlLoader {

  /** The largest document; read, it takes about twelve times as much memory. */
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  /** The deepest nesting of lists and maps. */
  static final int MAX_DEPTH = 100;

  /** The deepest nesting when aliases are followed. */
  private static final int MAX_EXPANDED_DEPTH = 400;

  /** Nodes that aliases may add up to, beyond ten times those that are written. */
  private static final long FREE_ALIASED_NODES = 100_000;

  /** The tag of a plain scalar that says nothing about its type. */
  static final Tag PLAIN = new Tag("tag:narthex.io,2026:plain");

  private final YamlSource source;
  private final Map<Node, Long> sizes = new IdentityHashMap<>();
  private final Map<Node, Integer> depths = new IdentityHashMap<>();
  private long written;

  private YamlLoader(YamlSource source) {
    this.source = source;
  }

  /** The root of the first document, null if there is none. */
  static @Nullable Node load(YamlSource source, byte[] data) throws ConfigurationException {
    YamlLoader loader = new YamlLoader(source);
    loader.checkSize(data.length);
    return loader.compose(loader.decode(data));
  }

  static @Nullable Node load(YamlSource source, String text) throws ConfigurationException {
    YamlLoader loader = new YamlLoader(source);
    loader.checkSize(text.length());
    return loader.compose(text);
  }

  private void checkSize(long size) throws ConfigurationException {
    if (size > MAX_BYTES) {
      throw source.error(
          "yaml: line 1: the document has " + size + " bytes, more than the limit of " + MAX_BYTES);
    }
  }

  private String decode(byte[] data) throws ConfigurationException {
    Charset charset = StandardCharsets.UTF_8;
    if (data.length >= 2 && (data[0] & 0xff) == 0xff && (data[1] & 0xff) == 0xfe) {
      charset = StandardCharsets.UTF_16LE;
    } else if (data.length >= 2 && (data[0] & 0xff) == 0xfe && (data[1] & 0xff) == 0xff) {
      charset = StandardCharsets.UTF_16BE;
    }
    ByteBuffer in = ByteBuffer.wrap(data);
    try {
      String text = charset.newDecoder().decode(in).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      int line = 1;
      for (int i = 0; i < Math.min(in.position(), data.length); i++) {
        line += data[i] == '\n' ? 1 : 0;
      }
      throw source.error("yaml: line " + line + ": invalid " + charset.name() + " octets", e);
    }
  }

  private @Nullable Node compose(String text) throws ConfigurationException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    options.setProcessComments(false);
    DocumentReader reader = new DocumentReader(text);
    int forbidden = reader.firstForbidden();
    if (forbidden >= 0) {
      throw source.error(
          "yaml: line " + reader.lineOf(forbidden) + ": control characters are not allowed");
    }
    Node root;
    try {
      BoundedParser parser = new BoundedParser(new ParserImpl(reader, options));
      Composer composer = new Composer(parser, new PlainResolver(), options);
      if (!composer.checkNode()) {
        return null;
      }
      root = composer.getNode();
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      throw source.error("yaml: " + at(mark) + e.getProblem(), e);
    } catch (YAMLException e) {
      throw source.error("yaml: line " + (reader.getLine() + 1) + ": " + e.getMessage(), e);
    }
    long expanded = size(root);
    if (expanded > FREE_ALIASED_NODES + 10 * written) {
      throw source.error("yaml: line " + line(root) + ": document contains excessive aliasing");
    }
    return root;
  }

  private static String at(@Nullable Mark mark) {
    return mark == null
        ? ""
        : "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": ";
  }

  static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  /** How many nodes there are below and with a node when every alias is written out. */
  private long size(Node node) throws ConfigurationException {
    Long known = sizes.get(node);
    if (known != null) {
      if (known < 0) {
        throw source.error(
            "yaml: line "
                + line(node)
                + ": anchor '"
                + node.getAnchor()
                + "' value contains itself");
      }
      return known;
    }
    sizes.put(node, -1L);
    written++;
    long size = 1;
    int depth = 1;
    if (node instanceof SequenceNode list) {
      for (Node n : list.getValue()) {
        size = Math.min(size + size(n), Integer.MAX_VALUE);
        depth = Math.max(depth, 1 + depth(n));
      }
    } else if (node instanceof MappingNode map) {
      for (NodeTuple t : map.getValue()) {
        size = Math.min(size + size(t.getKeyNode()) + size(t.getValueNode()), Integer.MAX_VALUE);
        depth = Math.max(depth, 1 + depth(t.getValueNode()));
      }
    }
    if (depth > MAX_EXPANDED_DEPTH) {
      throw source.error(
          "yaml: line " + line(node) + ": aliases nest deeper than " + MAX_EXPANDED_DEPTH);
    }
    depths.put(node, depth);
    sizes.put(node, size);
    return size;
  }

  private int depth(Node node) {
    Integer depth = depths.get(node);
    return depth == null ? 1 : depth;
  }

  /** Leaves the meaning of plain scalars to {@link Scalars}. */
  private static final class PlainResolver extends Resolver {
    @Override
    public Tag resolve(NodeId kind, @Nullable String value, boolean implicit) {
      return switch (kind) {
        case scalar -> implicit ? PLAIN : Tag.STR;
        case sequence -> Tag.SEQ;
        default -> Tag.MAP;
      };
    }
  }
}
