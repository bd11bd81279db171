package io.narthex.config.internal.write;

import io.narthex.api.config.Secret;
import io.narthex.model.ByteSize;
import io.narthex.model.PromDuration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map under construction: values are Map, List, {@link Flow}, String, Long, Double, Boolean or
 * null, in the order in which they are written. The methods without {@code always} leave out what
 * is empty, zero or false.
 */
final class Tree {

  /** A list that is written in one line. */
  record Flow(List<String> values) {}

  /** A scalar whose type its text decides. */
  record Plain(String text) {}

  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
  private final boolean redacted;

  Tree(boolean redacted) {
    this.redacted = redacted;
  }

  Map<String, @Nullable Object> map() {
    return values;
  }

  boolean isRedacted() {
    return redacted;
  }

  /** A map for another level. */
  Tree child() {
    return new Tree(redacted);
  }

  Tree always(String key, @Nullable Object value) {
    values.put(key, value);
    return this;
  }

  Tree text(String key, String value) {
    return value.isEmpty() ? this : always(key, value);
  }

  Tree number(String key, long value) {
    return value == 0 ? this : always(key, value);
  }

  Tree real(String key, double value) {
    return value == 0 ? this : always(key, value);
  }

  Tree flag(String key, boolean value) {
    return value ? always(key, true) : this;
  }

  Tree duration(String key, long millis) {
    return millis == 0 ? this : always(key, PromDuration.format(millis));
  }

  Tree bytes(String key, long bytes) {
    return bytes == 0 ? this : always(key, ByteSize.format(bytes));
  }

  Tree secret(String key, Secret secret) {
    return secret.isEmpty() ? this : always(key, shown(secret));
  }

  Tree list(String key, List<?> list) {
    return list.isEmpty() ? this : always(key, list);
  }

  Tree flow(String key, List<String> list) {
    return list.isEmpty() ? this : always(key, new Flow(list));
  }

  /** A map that is left out when it has no keys, its keys sorted. */
  Tree sorted(String key, Map<String, ?> map) {
    return map.isEmpty() ? this : always(key, NaturalOrder.sorted(map));
  }

  Tree tree(String key, Tree tree) {
    return tree.values.isEmpty() ? this : always(key, tree.values);
  }

  Tree trees(String key, List<Tree> trees) {
    List<Object> maps = new ArrayList<>();
    for (Tree t : trees) {
      maps.add(t.values);
    }
    return list(key, maps);
  }

  Tree putAll(Tree other) {
    values.putAll(other.values);
    return this;
  }

  /** What stands for a secret. */
  String shown(Secret secret) {
    return redacted ? secret.toString() : secret.reveal();
  }

  List<String> shown(List<Secret> secrets) {
    return secrets.stream().map(this::shown).toList();
  }
}
