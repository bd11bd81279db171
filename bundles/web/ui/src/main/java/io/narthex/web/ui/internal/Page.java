package io.narthex.web.ui.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The frame of all pages, with what the server fills in. */
final class Page {

  private final String template;

  Page() throws IOException {
    template = new String(resource("page.html"), StandardCharsets.UTF_8);
  }

  /** A file that lies beside this class. */
  static byte[] resource(String name) throws IOException {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("the bundle lacks " + name);
      }
      return in.readAllBytes();
    }
  }

  /** The page with each {@code @KEY@} replaced by its value, made safe for HTML. */
  String fill(Map<String, String> values) {
    StringBuilder page = new StringBuilder(template.length() + 256);
    int from = 0;
    while (true) {
      int begin = template.indexOf('@', from);
      int end = begin < 0 ? -1 : template.indexOf('@', begin + 1);
      if (end < 0) {
        return page.append(template, from, template.length()).toString();
      }
      String value = values.get(template.substring(begin + 1, end));
      if (value == null) {
        page.append(template, from, end);
        from = end;
      } else {
        page.append(template, from, begin).append(escape(value));
        from = end + 1;
      }
    }
  }

  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}
