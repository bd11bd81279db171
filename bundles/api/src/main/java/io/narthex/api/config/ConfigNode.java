package io.narthex.api.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A strict view on one node of a YAML document that knows where it stands. Every reading method
 * throws a {@link ConfigurationException} that names file, line and key if the node has another
 * form.
 *
 * <p>Two nodes are equal when they hold the same data, wherever they stand: equal discovery
 * sections share one discoverer.
 */
@ProviderType
public interface ConfigNode {

  /** The file's path as it was given, or another name of the source. */
  String file();

  /** Counted from 1. */
  int line();

  /** Counted from 1. */
  int column();

  /** The key under which the parent holds this node, or {@code [3]} in a list. */
  String key();

  /** The folder against which relative paths of this file are resolved. */
  java.nio.file.Path directory();

  /** Whether the node is empty or {@code null}. */
  boolean isNull();

  /**
   * The node as a map; keys that nobody has asked for when {@link Fields#end} is called are
   * refused. An empty node is an empty map.
   */
  default Fields fields() throws ConfigurationException {
    return fields("config.plain");
  }

  /**
   * As {@link #fields()}.
   *
   * @param type the name that errors about unknown and repeated keys show, for instance {@code
   *     kubernetes.plain}; {@code map[…]} where every key is allowed
   */
  Fields fields(String type) throws ConfigurationException;

  /** The node as a list; an empty node is an empty list. Elements may be null nodes. */
  List<ConfigNode> list() throws ConfigurationException;

  /** The scalar as it was written, for a number or boolean too; empty for null. */
  String text() throws ConfigurationException;

  boolean bool() throws ConfigurationException;

  /** A whole number that is not negative. */
  long unsigned() throws ConfigurationException;

  long integer() throws ConfigurationException;

  double number() throws ConfigurationException;

  /** Milliseconds of a duration like {@code 1h30m}. */
  long duration() throws ConfigurationException;

  /** Bytes of a size like {@code 15MB}. */
  long bytes() throws ConfigurationException;

  /** A path, joined with {@link #directory} if it is relative and not empty. */
  String path() throws ConfigurationException;

  Secret secret() throws ConfigurationException;

  /** A list of scalars. */
  List<String> texts() throws ConfigurationException;

  /** A map of scalars in the order of the file; an empty node is an empty map. */
  Map<String, String> textMap() throws ConfigurationException;

  /** The exception that says {@code message} with this node's file, line and key. */
  ConfigurationException error(String message);

  /** A plain copy for export and hashing: Map, List, String, Long, Double, Boolean or null. */
  @Nullable Object data();

  /**
   * The keys of a map node. The methods with a default give it where the key is absent; a key that
   * is there without a value means empty, false or zero, as in the reference.
   */
  @ProviderType
  interface Fields {

    /** The node under a key, null if the key is absent. Marks the key as known. */
    @Nullable ConfigNode find(String key);

    /** Whether the key is there; does not mark it as known. */
    boolean has(String key);

    /** All keys in the order of the file; does not mark them as known. */
    List<String> names();

    default String text(String key, String otherwise) throws ConfigurationException {
      ConfigNode n = find(key);
      return n == null ? otherwise : n.text();
    }

    default boolean bool(String key, boolean otherwise) throws ConfigurationException {
      ConfigNode n = find(key);
      return n == null ? otherwise : n.bool();
    }

    default long unsigned(String key, long otherwise) throws ConfigurationException {
      ConfigNode n = find(key);
      return n == null ? otherwise : n.unsigned();
    }

    default double number(String key, double otherwise) throws ConfigurationException {
      ConfigNode n = find(key);
      return n == null ? otherwise : n.number();
    }

    /** Milliseconds. */
    default long duration(String key, long otherwise) throws ConfigurationException {
      ConfigNode n = find(key);
      return n == null ? otherwise : n.duration();
    }

    default List<String> texts(String key) throws ConfigurationException {
      ConfigNode n = find(key);
      return n == null ? List.of() : n.texts();
    }

    /**
     * The HTTP client fields that stand among these keys (basic_auth, tls_config, proxy_url …),
     * marked as known and checked.
     */
    HttpClientConfig httpClient(HttpClientConfig defaults) throws ConfigurationException;

    /** Refuses keys that nobody has asked for. */
    void end() throws ConfigurationException;
  }
}
