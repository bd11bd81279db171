package io.narthex.launcher.flags;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads a command line by the flags of the catalogue, with the reference's rules and words. */
public final class FlagParser {
  private static final List<String> HELP = List.of("--help", "--help-long", "--help-man");

  private final List<Flag> flags;
  private final CommandLine commandLine;

  public FlagParser(List<Flag> flags) {
    this.flags = flags;
    CommandSpec spec = CommandSpec.create();
    for (Flag flag : flags) {
      if (flag.isSwitch()) {
        spec.addOption(switchOption("--" + flag.name()));
        spec.addOption(switchOption("--no-" + flag.name()));
      } else {
        spec.addOption(
            OptionSpec.builder("--" + flag.name())
                .arity("1")
                .type(flag.repeatable() ? String[].class : String.class)
                .build());
      }
    }
    spec.addOption(OptionSpec.builder("-h", HELP.toArray(String[]::new)).arity("0").build());
    spec.addOption(switchOption("--version"));
    spec.addOption(switchOption("--write-documentation"));
    this.commandLine = new CommandLine(spec);
  }

  private static OptionSpec switchOption(String name) {
    return OptionSpec.builder(name).arity("0").type(boolean.class).build();
  }

  /**
   * The values of a command line.
   *
   * @throws CommandLineException with exit code 2
   */
  public ParsedFlags parse(String... args) throws CommandLineException {
    checkSwitches(args);
    ParseResult parsed;
    try {
      parsed = commandLine.parseArgs(args);
    } catch (ParameterException e) {
      throw unparsable(describe(e));
    }
    Map<Flag, List<Object>> values = new LinkedHashMap<>();
    Set<Flag> given = new LinkedHashSet<>();
    for (Flag flag : flags) {
      List<String> texts = texts(parsed, flag);
      if (texts.isEmpty()) {
        texts = defaults(flag);
      } else {
        given.add(flag);
      }
      values.put(flag, values(flag, texts));
    }
    return new ParsedFlags(values, given, action(parsed));
  }

  /** A switch with a value would be reported in the library's words. */
  private void checkSwitches(String... args) throws CommandLineException {
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (equals > 0 && arg.startsWith("--")) {
        String name = arg.substring(arg.startsWith("--no-") ? 5 : 2, equals);
        if (flags.stream().anyMatch(flag -> flag.isSwitch() && flag.name().equals(name))) {
          throw unparsable("unexpected " + arg.substring(equals + 1));
        }
      }
    }
  }

  private static ParsedFlags.Action action(ParseResult parsed) {
    if (parsed.hasMatchedOption("-h")) {
      return ParsedFlags.Action.HELP;
    }
    if (parsed.hasMatchedOption("--version")) {
      return ParsedFlags.Action.VERSION;
    }
    if (parsed.hasMatchedOption("--write-documentation")) {
      return ParsedFlags.Action.DOCUMENTATION;
    }
    return ParsedFlags.Action.RUN;
  }

  private static List<String> texts(ParseResult parsed, Flag flag) throws CommandLineException {
    if (!flag.isSwitch()) {
      OptionSpec option = parsed.matchedOption("--" + flag.name());
      return option == null ? List.of() : option.originalStringValues();
    }
    boolean on = parsed.hasMatchedOption("--" + flag.name());
    boolean off = parsed.hasMatchedOption("--no-" + flag.name());
    if (on && off) {
      throw unparsable("flag '" + flag.name() + "' cannot be repeated");
    }
    return on || off ? List.of(Boolean.toString(on)) : List.of();
  }

  private static List<String> defaults(Flag flag) {
    if (!flag.repeatable()) {
      return List.of(flag.defaultText());
    }
    return flag.defaultText().isEmpty() ? List.of() : Arrays.asList(flag.defaultText().split(","));
  }

  private static List<Object> values(Flag flag, List<String> texts) throws CommandLineException {
    List<Object> values = new ArrayList<>(texts.size());
    for (String text : texts) {
      Object value;
      try {
        value = flag.type().parse(text);
      } catch (IllegalArgumentException e) {
        throw unparsable(String.valueOf(e.getMessage()));
      }
      if (flag.type() == FlagType.REMOTE_WRITE_MESSAGE && values.contains(value)) {
        throw unparsable("duplicate \"" + text + "\" flag value, previous flags values: " + values);
      }
      values.add(value);
    }
    return values;
  }

  private static String describe(ParameterException e) {
    return switch (e) {
      case OverwrittenOptionException overwritten
          when overwritten.getOverwritten() instanceof OptionSpec option ->
          "flag '" + bare(option.longestName()) + "' cannot be repeated";
      case MissingParameterException missing
          when missing.getMissing().getFirst() instanceof OptionSpec option ->
          "expected argument for flag '" + option.longestName() + "'";
      case UnmatchedArgumentException unmatched ->
          describeUnmatched(unmatched.getUnmatched().getFirst());
      default -> String.valueOf(e.getMessage());
    };
  }

  private static String describeUnmatched(String argument) {
    if (argument.startsWith("--")) {
      int equals = argument.indexOf('=');
      return "unknown long flag '" + (equals < 0 ? argument : argument.substring(0, equals)) + "'";
    }
    return argument.startsWith("-") && argument.length() > 1
        ? "unknown short flag '" + argument.substring(0, 2) + "'"
        : "unexpected " + argument;
  }

  private static String bare(String option) {
    return option.startsWith("--") ? option.substring(2) : option;
  }

  private static CommandLineException unparsable(String why) {
    return new CommandLineException(
        CommandLineException.UNPARSABLE,
        "Error parsing command line arguments: " + why + "\nnarthex: error: " + why);
  }
}
