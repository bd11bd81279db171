package io.narthex.scrape.internal.target;

import io.narthex.model.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The address that a target's labels and its job's parameters make. */
final class TargetUrl {

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();
  private static final String PATH = "-_.~$&+,/:;=@";
  private static final String QUERY = "-_.~";
  private static final String PARAM = "__param_";

  private TargetUrl() {}

  static String of(Labels labels, Map<String, List<String>> params) {
    StringBuilder out = new StringBuilder();
    String scheme = labels.get("__scheme__");
    if (!scheme.isEmpty()) {
      out.append(scheme).append(':');
    }
    out.append("//").append(labels.get("__address__"));
    String path = labels.get("__metrics_path__");
    if (!path.isEmpty() && path.charAt(0) != '/') {
      out.append('/');
    }
    escape(out, path, PATH, false);
    TreeMap<String, List<String>> query = query(labels, params);
    char before = '?';
    for (Map.Entry<String, List<String>> e : query.entrySet()) {
      for (String value : e.getValue()) {
        out.append(before);
        before = '&';
        escape(out, e.getKey(), QUERY, true);
        out.append('=');
        escape(out, value, QUERY, true);
      }
    }
    return out.toString();
  }

  /** The job's parameters; a {@code __param_x} label replaces the first value of x. */
  private static TreeMap<String, List<String>> query(
      Labels labels, Map<String, List<String>> params) {
    TreeMap<String, List<String>> query = new TreeMap<>(io.narthex.model.Utf8Order::compare);
    params.forEach((k, v) -> query.put(k, new ArrayList<>(v)));
    labels.forEach((name, value) -> {
      if (name.startsWith(PARAM)) {
        List<String> values =
            query.computeIfAbsent(name.substring(PARAM.length()), k -> new ArrayList<>());
        if (values.isEmpty()) {
          values.add(value);
        } else {
          values.set(0, value);
        }
      }
    });
    return query;
  }

  private static void escape(StringBuilder out, String text, String kept, boolean plus) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (letter || kept.indexOf(c) >= 0) {
        out.append(c);
      } else if (c == ' ' && plus) {
        out.append('+');
      } else {
        out.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
      }
    }
  }
}
