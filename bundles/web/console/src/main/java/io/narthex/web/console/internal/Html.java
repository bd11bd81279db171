package io.narthex.web.console.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a console page being written; all text is escaped. */
final class Html {
  private final StringBuilder out = new StringBuilder(4096);

  Html heading(String text) {
    out.append("<h3 class=\"ui-helper-clearfix\">");
    escape(text);
    out.append("</h3>\n");
    return this;
  }

  Html paragraph(String text) {
    out.append("<p class=\"statline ui-state-highlight\">");
    escape(text);
    out.append("</p>\n");
    return this;
  }

  Html preformatted(Iterable<String> lines) {
    out.append("<pre>");
    for (String line : lines) {
      escape(line);
      out.append('\n');
    }
    out.append("</pre>\n");
    return this;
  }

  /** A button that posts to the page itself. */
  Html button(String action, String label) {
    out.append("<form method=\"post\"><button type=\"submit\" name=\"action\" value=\"");
    escape(action);
    out.append("\">");
    escape(label);
    out.append("</button></form>\n");
    return this;
  }

  /** Begins a table; each row has a cell for each title. */
  Html table(String... titles) {
    out.append("<table class=\"nicetable ui-widget\"><thead><tr>");
    for (String title : titles) {
      out.append("<th class=\"ui-widget-header\">");
      escape(title);
      out.append("</th>");
    }
    out.append("</tr></thead><tbody>\n");
    return this;
  }

  Html row(@Nullable String... cells) {
    out.append("<tr>");
    for (String cell : cells) {
      out.append("<td class=\"ui-widget-content\">");
      escape(cell == null ? "" : cell);
      out.append("</td>");
    }
    out.append("</tr>\n");
    return this;
  }

  Html endTable(List<?> rows, String ifEmpty) {
    out.append("</tbody></table>\n");
    return rows.isEmpty() ? paragraph(ifEmpty) : this;
  }

  /** Also the dollar sign: the console replaces variables in what pages write. */
  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case '$' -> out.append("&#36;");
        default -> out.append(c);
      }
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
