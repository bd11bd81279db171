package io.narthex.config.internal.yaml;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.Secret;
import java.util.List;
import java.util.Map;

/** Values of keys that are empty where the key is absent. */
public final class FieldValues {

  private FieldValues() {}

  public static Secret secret(ConfigNode.Fields f, String key) throws ConfigurationException {
    ConfigNode n = f.find(key);
    return n == null ? Secret.NONE : n.secret();
  }

  public static String path(ConfigNode.Fields f, String key) throws ConfigurationException {
    ConfigNode n = f.find(key);
    return n == null ? "" : n.path();
  }

  public static long bytes(ConfigNode.Fields f, String key) throws ConfigurationException {
    ConfigNode n = f.find(key);
    return n == null ? 0 : n.bytes();
  }

  public static long integer(ConfigNode.Fields f, String key, long otherwise)
      throws ConfigurationException {
    ConfigNode n = f.find(key);
    return n == null ? otherwise : n.integer();
  }

  public static Map<String, String> textMap(ConfigNode.Fields f, String key)
      throws ConfigurationException {
    ConfigNode n = f.find(key);
    return n == null ? Map.of() : n.textMap();
  }

  public static List<ConfigNode> list(ConfigNode.Fields f, String key)
      throws ConfigurationException {
    ConfigNode n = f.find(key);
    return n == null ? List.of() : n.list();
  }

  /** Refuses a section in which more than one of the values is set. */
  public static void atMostOne(ConfigNode node, String message, String... values)
      throws ConfigurationException {
    int set = 0;
    for (String v : values) {
      set += v.isEmpty() ? 0 : 1;
    }
    if (set > 1) {
      throw node.error(message);
    }
  }
}
