package io.narthex.config.internal.write;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a form, whose texts mean what they would mean in a file. */
public final class FormTree {

  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  /** Puts a property's value; an empty text or list counts as not filled in. */
  public void put(String key, Object value) {
    List<Object> list = list(value);
    if (list != null) {
      if (!list.isEmpty()) {
        values.put(key, list.stream().map(FormTree::scalar).toList());
      }
    } else if (!value.equals("")) {
      values.put(key, scalar(value));
    }
  }

  /** Puts something that is no form field, as it is. */
  public void putTree(String key, Object value) {
    values.put(key, value);
  }

  private static Object scalar(Object value) {
    return value instanceof String s ? new Tree.Plain(s) : value;
  }

  /** The elements of an array or collection, null if the value is neither. */
  public static @Nullable List<Object> list(Object value) {
    if (value instanceof Object[] array) {
      return List.of(array);
    }
    return value instanceof Collection<?> c ? new ArrayList<>(c) : null;
  }

  public String yaml() {
    return YamlWriter.write(values);
  }
}
