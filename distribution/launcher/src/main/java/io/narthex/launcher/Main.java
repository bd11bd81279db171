package io.narthex.launcher;

import io.narthex.launcher.flags.Checks;
import io.narthex.launcher.flags.CommandLineException;
import io.narthex.launcher.flags.Configurations;
import io.narthex.launcher.flags.ExternalUrl;
import io.narthex.launcher.flags.FlagCatalogue;
import io.narthex.launcher.flags.FlagParser;
import io.narthex.launcher.flags.ParsedFlags;
import io.narthex.launcher.framework.ServerFramework;
import io.narthex.logging.LogSettings;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program: reads the flags, starts the server and ends with its exit code. */
@SuppressForbidden("the command line talks to the terminal and ends the process")
public final class Main {
  private Main() {}

  /** Runs the program; never returns. */
  public static void main(String[] args) {
    int code;
    try {
      code = run(args);
    } catch (CommandLineException e) {
      System.err.println(e.getMessage());
      code = e.exitCode();
    } catch (Exception e) {
      LoggerFactory.getLogger(Main.class).error("The server could not be started", e);
      code = CommandLineException.REFUSED;
    }
    System.exit(code);
  }

  private static int run(String[] args) throws Exception {
    ParsedFlags flags = new FlagParser(FlagCatalogue.all()).parse(args);
    switch (flags.action()) {
      case HELP -> System.out.print(Usage.text());
      case VERSION -> System.out.print(Version.text());
      case DOCUMENTATION -> System.out.print(Documentation.markdown());
      case RUN -> {
        return serve(flags);
      }
    }
    return 0;
  }

  private static int serve(ParsedFlags flags) throws Exception {
    TlsVersions.permitOldOnes();
    LogSettings.apply(flags.string("log.level"), flags.string("log.format"));
    List<String> warnings = Checks.check(flags);
    Logger log = LoggerFactory.getLogger(Main.class);
    for (String warning : warnings) {
      log.warn(warning);
    }
    Path home = Path.of(System.getProperty("narthex.home", ".")).toAbsolutePath().normalize();
    Path data = Path.of(flags.string(flags.agent() ? "storage.agent.path" : "storage.tsdb.path"));
    ServerFramework framework =
        new ServerFramework(
            home,
            data.resolve("narthex").toAbsolutePath().normalize(),
            () ->
                log.atInfo()
                    .addKeyValue("url", ExternalUrl.forBrowser(flags))
                    .log("Open in a browser"));
    framework.start(Configurations.pids(), Configurations.of(flags));
    return framework.awaitExit();
  }
}
