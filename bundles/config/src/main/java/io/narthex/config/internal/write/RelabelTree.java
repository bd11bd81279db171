package io.narthex.config.internal.write;

import io.narthex.model.relabel.RelabelRule;
import java.util.ArrayList;
import java.util.List;

/** Puts relabelling rules under a key. */
final class RelabelTree {

  private RelabelTree() {}

  static void put(Tree tree, String key, List<RelabelRule> rules) {
    List<Tree> list = new ArrayList<>();
    for (RelabelRule r : rules) {
      Tree t = tree.child();
      t.flow("source_labels", r.sourceLabels()).always("separator", r.separator());
      if (!r.regex().source().equals(RelabelRule.DEFAULT_REGEX)) {
        t.always("regex", r.regex().source());
      }
      t.number("modulus", r.modulus())
          .text("target_label", r.targetLabel())
          .always("replacement", r.replacement())
          .always("action", r.action().text());
      list.add(t);
    }
    tree.trees(key, list);
  }
}
