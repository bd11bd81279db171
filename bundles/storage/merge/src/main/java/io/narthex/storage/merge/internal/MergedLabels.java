package io.narthex.storage.merge.internal;

import io.narthex.api.storage.Querier.LabelResult;
import io.narthex.model.Utf8Order;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Sorted label names or values of several sources as one list. */
public final class MergedLabels {

  private MergedLabels() {}

  /**
   * Every value once, in order, and every warning once.
   *
   * @param limit the most values to give, 0 for all
   */
  public static LabelResult of(int limit, List<LabelResult> results) {
    Set<String> warnings = new LinkedHashSet<>();
    List<String> merged = List.of();
    for (LabelResult r : results) {
      warnings.addAll(r.warnings());
      merged = merged.isEmpty() ? r.values() : merge(merged, r.values());
    }
    int n = limit > 0 ? Math.min(limit, merged.size()) : merged.size();
    return new LabelResult(merged.subList(0, n), List.copyOf(warnings));
  }

  private static List<String> merge(List<String> a, List<String> b) {
    List<String> out = new ArrayList<>(Math.max(a.size(), b.size()));
    int i = 0;
    int k = 0;
    while (i < a.size() && k < b.size()) {
      int c = Utf8Order.compare(a.get(i), b.get(k));
      out.add(c <= 0 ? a.get(i) : b.get(k));
      i += c <= 0 ? 1 : 0;
      k += c >= 0 ? 1 : 0;
    }
    out.addAll(a.subList(i, a.size()));
    out.addAll(b.subList(k, b.size()));
    return out;
  }
}
