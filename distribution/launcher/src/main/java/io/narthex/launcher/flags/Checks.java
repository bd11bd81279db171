package io.narthex.launcher.flags;

import io.narthex.model.Regex;
import io.narthex.model.RegexSyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold between flags before anything starts, in the reference's order. */
public final class Checks {
  private Checks() {}

  /**
   * Refuses a command line that no server can start with.
   *
   * @return warnings about flags that are accepted and have no effect yet, each naming its flag
   */
  public static List<String> check(ParsedFlags flags) throws CommandLineException {
    double ratio = (Double) flags.value("auto-gomemlimit.ratio");
    if (!(ratio > 0 && ratio <= 1)) {
      throw refused("--auto-gomemlimit.ratio must be greater than 0 and less than or equal to 1.");
    }
    checkMode(flags);
    if ((Long) flags.value("web.search.max-limit") < 0) {
      throw refused("--web.search.max-limit must be greater than or equal to 0");
    }
    if (flags.agent() && (Long) flags.value("storage.agent.checkpoint-batch-size") <= 0) {
      throw refused("--storage.agent.checkpoint-batch-size must be greater than 0");
    }
    checkSegmentSizes(flags);
    checkWeb(flags);
    return supported(flags);
  }

  private static void checkMode(ParsedFlags flags) throws CommandLineException {
    Mode wrong = flags.agent() ? Mode.SERVER : Mode.AGENT;
    List<String> names = new ArrayList<>();
    for (Flag flag : flags.given()) {
      if (flag.mode() == wrong) {
        names.add("\"--" + flag.name() + "\"");
      }
    }
    if (!names.isEmpty()) {
      throw new CommandLineException(
          CommandLineException.WRONG_MODE,
          "The following flag(s) "
              + (flags.agent() ? "can not be used in agent mode" : "can only be used in agent mode")
              + ": ["
              + String.join(" ", names)
              + "]");
    }
  }

  private static void checkSegmentSizes(ParsedFlags flags) throws CommandLineException {
    String area = flags.agent() ? "storage.agent" : "storage.tsdb";
    long wal = (Long) flags.value(area + ".wal-segment-size");
    if (wal != 0 && (wal < 10 << 20 || wal > 256 << 20)) {
      throw refused("flag '" + area + ".wal-segment-size' must be set between 10MB and 256MB");
    }
    long chunks = (Long) flags.value("storage.tsdb.max-block-chunk-segment-size");
    if (chunks != 0 && chunks < 1 << 20) {
      throw refused("flag 'storage.tsdb.max-block-chunk-segment-size' must be set over 1MB");
    }
  }

  private static void checkWeb(ParsedFlags flags) throws CommandLineException {
    String url = flags.string("web.external-url");
    @Nullable String problem = ExternalUrl.problem(url);
    if (problem != null) {
      throw new CommandLineException(
          CommandLineException.UNPARSABLE, "parse external URL \"" + url + "\": " + problem);
    }
    String origin = flags.string("web.cors.origin");
    try {
      Regex unused = Regex.anchored(origin);
    } catch (RegexSyntaxException e) {
      throw new CommandLineException(
          CommandLineException.UNPARSABLE,
          "could not compile CORS regex string \"" + origin + "\": " + e.getMessage());
    }
  }

  private static List<String> supported(ParsedFlags flags) throws CommandLineException {
    List<String> warnings = new ArrayList<>();
    for (Flag flag : flags.given()) {
      boolean on = !flag.isSwitch() || flags.isOn(flag.name());
      if (flag.support() == Support.REFUSED && on) {
        throw refused("not supported yet: --" + flag.name());
      }
      if (flag.support() == Support.WARNED && on) {
        warnings.add("not supported yet, has no effect: --" + flag.name());
      }
    }
    for (String name : flags.features()) {
      Features.check(name, warnings);
    }
    Features.checkTogether(flags.features());
    return warnings;
  }

  static CommandLineException refused(String why) {
    return new CommandLineException(CommandLineException.REFUSED, why);
  }
}
