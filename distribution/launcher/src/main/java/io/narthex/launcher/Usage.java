package io.narthex.launcher;

import io.narthex.launcher.flags.Flag;
import io.narthex.launcher.flags.FlagCatalogue;

/** The text of {@code --help}. */
final class Usage {
  private static final int INDENT = 33;
  private static final int WIDTH = 80;

  private Usage() {}

  static String text() {
    StringBuilder out = new StringBuilder();
    out.append("usage: narthex [<flags>]\n\nThe Narthex monitoring server\n\n\nFlags:\n");
    append(out, "  -h, --help", "Show this help.");
    append(out, "      --version", "Show the version.");
    for (Flag flag : FlagCatalogue.all()) {
      if (!flag.hidden()) {
        append(out, "      " + synopsis(flag), flag.fullHelp());
      }
    }
    return out.append('\n').toString();
  }

  private static String synopsis(Flag flag) {
    if (flag.isSwitch()) {
      return "--[no-]" + flag.name();
    }
    boolean bare = !flag.defaultText().isEmpty() && flag.defaultText().indexOf(' ') < 0;
    String value = bare ? flag.defaultText() : "\"" + flag.defaultText() + "\"";
    return "--" + flag.name() + "=" + value + (flag.repeatable() ? " ..." : "");
  }

  private static void append(StringBuilder out, String synopsis, String help) {
    int line = out.length();
    out.append(synopsis);
    if (synopsis.length() > INDENT - 2) {
      out.append('\n');
      line = out.length();
    }
    out.append(" ".repeat(line + INDENT - out.length()));
    boolean first = true;
    for (String word : help.split(" ")) {
      if (!first && out.length() - line + 1 + word.length() > WIDTH) {
        out.append('\n');
        line = out.length();
        out.append(" ".repeat(INDENT));
      } else if (!first) {
        out.append(' ');
      }
      out.append(word);
      first = false;
    }
    out.append('\n');
  }
}
