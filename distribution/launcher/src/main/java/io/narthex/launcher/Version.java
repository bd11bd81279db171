package io.narthex.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What this build is, in the reference's form. */
final class Version {
  private Version() {}

  /** The lines of {@code --version}. */
  static String text() {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        build.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "narthex, version "
        + build.getProperty("version", "unknown")
        + " (branch: "
        + build.getProperty("branch", "")
        + ", revision: "
        + build.getProperty("revision", "unknown")
        + ")\n"
        + line("build user:", build.getProperty("user", ""))
        + line("build date:", build.getProperty("date", ""))
        + line("java version:", System.getProperty("java.version", ""))
        + line("platform:", System.getProperty("os.name") + "/" + System.getProperty("os.arch"))
        + line("tags:", "unknown");
  }

  private static String line(String name, String value) {
    return "  " + name + " ".repeat(Math.max(1, 18 - name.length())) + value + "\n";
  }
}
