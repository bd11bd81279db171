package io.narthex.launcher;

import io.narthex.launcher.flags.Flag;
import io.narthex.launcher.flags.FlagCatalogue;

/** The text of {@code --write-documentation}: the table of all flags, hidden ones left out. */
final class Documentation {
  private Documentation() {}

  static String markdown() {
    StringBuilder out = new StringBuilder();
    out.append("---\ntitle: narthex\n---\n\nThe Narthex monitoring server\n\n\n\n## Flags\n\n");
    out.append("| Flag | Description | Default |\n| --- | --- | --- |\n");
    out.append("| `-h`, `--help` | Show this help. |  |\n");
    out.append("| `--version` | Show the version. |  |\n");
    for (Flag flag : FlagCatalogue.all()) {
      if (!flag.hidden()) {
        out.append("| `--").append(flag.name()).append("` | ");
        out.append(flag.fullHelp().replace("|", "\\|")).append(" | `");
        out.append(flag.defaultText()).append("` |\n");
      }
    }
    return out.toString();
  }
}
