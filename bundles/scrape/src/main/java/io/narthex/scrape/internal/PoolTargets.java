package io.narthex.scrape.internal;

import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.discovery.TargetGroup;
import io.narthex.model.Labels;
import io.narthex.scrape.internal.target.Target;
import io.narthex.scrape.internal.target.TargetException;
import io.narthex.scrape.internal.target.TargetLabels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The targets that a job's groups make.
 *
 * @param active by hash, in the order of discovery; of equal ones the first
 * @param dropped discovered labels of targets that relabelling dropped, as many as are kept
 * @param droppedCount all of them
 * @param failures why other targets could not be made
 */
record PoolTargets(
    Map<Long, Target> active, List<Labels> dropped, int droppedCount, List<String> failures) {

  static PoolTargets of(ScrapeConfig job, List<TargetGroup> groups) {
    Map<Long, Target> active = new LinkedHashMap<>();
    List<Labels> dropped = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    int count = 0;
    for (TargetGroup group : groups) {
      for (int i = 0; i < group.targets().size(); i++) {
        Labels discovered = TargetLabels.discovered(job, group.targets().get(i), group.labels());
        Labels labels;
        try {
          labels = TargetLabels.relabelled(job, discovered);
        } catch (TargetException e) {
          failures.add("instance " + i + " in group " + group.source() + ": " + e.getMessage());
          continue;
        }
        Target target = labels == null ? null : Target.of(job, discovered, labels);
        if (target != null && !target.labels().isEmpty()) {
          active.putIfAbsent(target.hash(), target);
        } else {
          count++;
          if (job.keepDroppedTargets() == 0 || dropped.size() < job.keepDroppedTargets()) {
            dropped.add(discovered);
          }
        }
      }
    }
    return new PoolTargets(active, dropped, count, failures);
  }
}
