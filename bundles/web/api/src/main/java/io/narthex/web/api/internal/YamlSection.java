package io.narthex.web.api.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one scrape job out of the effective configuration, whose layout is our own: block style,
 * with the elements of {@code scrape_configs} beginning by their {@code job_name}.
 */
final class YamlSection {

  private static final String HEAD = "job_name:";

  private YamlSection() {}

  /** The job's section, at the left margin; null if there is no such job. */
  static @Nullable String scrapeJob(String yaml, String job) {
    boolean inside = false;
    int indent = 0;
    List<String> lines = new ArrayList<>();
    for (String line : yaml.split("\n", -1)) {
      int at = indentation(line);
      if (!lines.isEmpty() && (at <= indent && !line.isBlank())) {
        break;
      }
      if (!lines.isEmpty()) {
        lines.add(line.length() > indent + 2 ? line.substring(indent + 2) : "");
      } else if (at == 0 && !line.startsWith("-")) {
        inside = line.startsWith("scrape_configs:");
      } else if (inside && line.startsWith("- " + HEAD, at)) {
        String name = line.substring(at + 2 + HEAD.length()).strip();
        if (unquoted(name).equals(job)) {
          indent = at;
          lines.add(line.substring(at + 2));
        }
      }
    }
    if (lines.isEmpty()) {
      return null;
    }
    return String.join("\n", lines).stripTrailing() + "\n";
  }

  private static int indentation(String line) {
    int i = 0;
    while (i < line.length() && line.charAt(i) == ' ') {
      i++;
    }
    return i;
  }

  private static String unquoted(String text) {
    if (text.length() >= 2 && text.startsWith("'") && text.endsWith("'")) {
      return text.substring(1, text.length() - 1).replace("''", "'");
    }
    if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
      return text.substring(1, text.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
    }
    return text;
  }
}
