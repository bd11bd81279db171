package io.narthex.config.internal.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Paths joined and cleaned as text: the shortest equal path, without looking at the disk. */
public final class GoPath {

  private GoPath() {}

  public static String join(String directory, String path) {
    return clean(directory + "/" + path);
  }

  public static String clean(String path) {
    boolean rooted = path.startsWith("/");
    Deque<String> parts = new ArrayDeque<>();
    for (String p : split(path)) {
      if (p.isEmpty() || p.equals(".")) {
        continue;
      }
      if (!p.equals("..")) {
        parts.addLast(p);
      } else if (!parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!rooted) {
        parts.addLast(p);
      }
    }
    String joined = String.join("/", parts);
    return rooted ? "/" + joined : joined.isEmpty() ? "." : joined;
  }

  private static List<String> split(String path) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', from)) {
      parts.add(path.substring(from, at));
      from = at + 1;
    }
    parts.add(path.substring(from));
    return parts;
  }
}
