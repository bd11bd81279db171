package io.narthex.itest.distribution;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON documents as maps, lists and texts; numbers stay as they are written. */
final class Json {

  private Json() {}

  static Object parse(String text) throws IOException {
    try (JsonParser in = new JsonFactory().createParser(text)) {
      in.nextToken();
      return value(in);
    }
  }

  private static Object value(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Object> map = new TreeMap<>();
      while (in.nextToken() != JsonToken.END_OBJECT) {
        String key = in.currentName();
        in.nextToken();
        map.put(key, value(in));
      }
      return map;
    }
    if (in.currentToken() == JsonToken.START_ARRAY) {
      List<Object> list = new ArrayList<>();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        list.add(value(in));
      }
      return list;
    }
    return in.getText();
  }

  /** The node under a path of keys. */
  static Object at(Object node, String... keys) {
    Object n = node;
    for (String key : keys) {
      n = ((Map<?, ?>) n).get(key);
    }
    return n;
  }

  static List<?> list(Object node, String... keys) {
    return (List<?>) at(node, keys);
  }
}
