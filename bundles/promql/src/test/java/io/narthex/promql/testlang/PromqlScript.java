package io.narthex.promql.testlang;

import io.narthex.model.PromDuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads test scripts into commands. */
final class PromqlScript {

  private final String[] lines;
  private final List<ScriptCommand> commands = new ArrayList<>();
  private int at;

  private PromqlScript(String text) {
    lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String trimmed = lines[i].trim();
      lines[i] = trimmed.startsWith("#") ? "" : trimmed;
    }
  }

  static List<ScriptCommand> parse(String text) {
    PromqlScript script = new PromqlScript(text);
    script.read();
    return script.commands;
  }

  private void read() {
    while (at < lines.length) {
      String line = lines[at];
      int number = ++at;
      String word = line.isEmpty() ? "" : line.split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
      if (word.equals("clear")) {
        commands.add(new ScriptCommand.Clear(number));
      } else if (word.startsWith("load")) {
        load(number, line);
      } else if (word.startsWith("eval")) {
        eval(number, line);
      } else if (!word.isEmpty()) {
        throw new IllegalArgumentException(number + ": invalid command " + word);
      }
    }
  }

  private List<String> block() {
    List<String> block = new ArrayList<>();
    while (at < lines.length && !lines[at].isEmpty()) {
      block.add(lines[at++]);
    }
    return block;
  }

  private void load(int number, String line) {
    String[] words = line.split("\\s+", 2);
    commands.add(
        new ScriptCommand.Load(
            number, duration(words[1]), words[0].equals("load_with_nhcb"), block()));
  }

  private void eval(int number, String line) {
    Expectations expectations = new Expectations();
    String[] words = line.split("\\s+", 3);
    expectations.legacy(words[0].length() > 4 ? words[0].substring(5) : "");
    long start;
    long end;
    long step = 0;
    String expression;
    if (words[1].equals("instant")) {
      String[] rest = words[2].split("\\s+", 3);
      start = duration(rest[1]);
      end = start;
      expression = rest[2];
    } else {
      String[] rest = words[2].split("\\s+", 7);
      start = duration(rest[1]);
      end = duration(rest[3]);
      step = duration(rest[5]);
      expression = rest[6];
    }
    List<String> expected = new ArrayList<>();
    for (String l : block()) {
      if (l.startsWith("expect ")) {
        expectations.add(l.substring(7).trim());
      } else if (l.startsWith("expected_fail_message ")) {
        expectations.failTexts.add(
            new Expectations.Text(false, l.substring("expected_fail_message ".length()).trim()));
      } else if (l.startsWith("expected_fail_regexp ")) {
        expectations.failTexts.add(
            new Expectations.Text(true, l.substring("expected_fail_regexp ".length()).trim()));
      } else {
        expected.add(l);
      }
    }
    commands.add(
        new ScriptCommand.Eval(number, start, end, step, expression, expectations, expected));
  }

  /** Milliseconds; a sign is allowed. */
  static long duration(String text) {
    return text.startsWith("-") ? -PromDuration.parse(text.substring(1)) : PromDuration.parse(text);
  }
}
