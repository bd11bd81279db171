package io.narthex.storage.tsdb.internal.head;

import io.narthex.api.storage.ExemplarQuerier.SeriesExemplars;
import io.narthex.model.Exemplar;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Reads the exemplars of a head. */
public final class HeadExemplars {

  private final Head head;

  public HeadExemplars(Head head) {
    this.head = head;
  }

  /**
   * Exemplars of the series that any of the matcher lists accepts, in the order of their labels.
   */
  public List<SeriesExemplars> select(long start, long end, List<List<LabelMatcher>> matchers) {
    long epoch = head.readers.enter();
    if (epoch < 0) {
      return List.of();
    }
    try {
      return find(start, end, matchers);
    } finally {
      head.readers.leave(epoch);
    }
  }

  private List<SeriesExemplars> find(long start, long end, List<List<LabelMatcher>> matchers) {
    BitSet seen = new BitSet();
    List<SeriesExemplars> out = new ArrayList<>();
    for (List<LabelMatcher> list : matchers) {
      RowList rows = new Selection(head.index, head.rows.bound()).select(list);
      for (int i = 0; i < rows.size; i++) {
        int row = rows.rows[i];
        if (!head.exemplars.has(row) || seen.get(row)) {
          continue;
        }
        seen.set(row);
        List<Exemplar> found = head.exemplars.select(row, start, end);
        if (!found.isEmpty()) {
          Labels labels = head.index.labels(row, null);
          out.add(new SeriesExemplars(labels, found));
        }
      }
    }
    out.sort(Comparator.comparing(SeriesExemplars::labels));
    return out;
  }
}
