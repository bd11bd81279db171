package io.narthex.api.discovery;

import io.narthex.model.Labels;
import java.util.List;

/**
 * Targets that share labels, keyed by where they came from.
 *
 * @param source unique within one discoverer; a group replaces the one of the same source, and a
 *     group without targets removes it
 * @param targets labels of each target, {@code __address__} among them
 * @param labels of all of them; a target's own label wins
 */
public record TargetGroup(String source, List<Labels> targets, Labels labels) {
  public TargetGroup {
    targets = List.copyOf(targets);
  }
}
