package io.narthex.launcher.flags;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The values of one command line.
 *
 * @param values of every flag; a flag that is not repeatable has one
 * @param given the flags that were on the command line
 */
public record ParsedFlags(Map<Flag, List<Object>> values, Set<Flag> given, Action action) {

  /** What the command line asks for. */
  public enum Action {
    RUN,
    HELP,
    VERSION,
    DOCUMENTATION
  }

  private Flag flag(String name) {
    for (Flag flag : values.keySet()) {
      if (flag.name().equals(name)) {
        return flag;
      }
    }
    throw new IllegalArgumentException("no flag " + name);
  }

  private List<Object> all(Flag flag) {
    return values.getOrDefault(flag, List.of());
  }

  /** The only value of a flag that is not repeatable. */
  public Object value(String name) {
    return all(flag(name)).getFirst();
  }

  public String string(String name) {
    return (String) value(name);
  }

  public boolean isOn(String name) {
    return (Boolean) value(name);
  }

  /** The values of a repeatable flag. */
  public List<String> strings(String name) {
    return all(flag(name)).stream().map(String::valueOf).toList();
  }

  public boolean agent() {
    return isOn("agent");
  }

  /** The names of all features that are switched on. */
  public List<String> features() {
    List<String> names = new ArrayList<>();
    for (String list : strings("enable-feature")) {
      for (String name : list.split(",")) {
        if (!name.isBlank() && !names.contains(name.strip())) {
          names.add(name.strip());
        }
      }
    }
    return names;
  }

  /** The text of a flag's value, as the API shows it. */
  public String text(Flag flag) {
    return all(flag).stream().map(flag.type()::format).collect(Collectors.joining(","));
  }
}
