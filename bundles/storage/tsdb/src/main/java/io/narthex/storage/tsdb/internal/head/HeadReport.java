package io.narthex.storage.tsdb.internal.head;

import io.narthex.api.storage.HeadStatistics.Count;
import io.narthex.api.storage.HeadStatistics.Statistics;
import io.narthex.model.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Counts what is largest in a head. */
public final class HeadReport {

  private HeadReport() {}

  /** A list of the largest, of which names are only made for those that stay. */
  private static final class Top {
    private record Entry(long value, int id) {}

    private final int limit;
    private final PriorityQueue<Entry> queue =
        new PriorityQueue<>(Comparator.comparingLong(Entry::value));

    Top(int limit) {
      this.limit = limit;
    }

    void add(long value, int id) {
      if (queue.size() < limit) {
        queue.add(new Entry(value, id));
      } else if (limit > 0 && queue.element().value < value) {
        queue.remove();
        queue.add(new Entry(value, id));
      }
    }

    List<Count> toList(java.util.function.IntFunction<String> name) {
      List<Count> out = new ArrayList<>();
      while (!queue.isEmpty()) {
        Entry e = queue.remove();
        out.addFirst(new Count(name.apply(e.id), e.value));
      }
      return out;
    }
  }

  /** The statistics of a head that is open. */
  public static Statistics of(Head head, int limit) {
    long epoch = head.readers.enter();
    try {
      return count(head, limit);
    } finally {
      if (epoch >= 0) {
        head.readers.leave(epoch);
      }
    }
  }

  private static Statistics count(Head head, int limit) {
    Top metrics = new Top(limit);
    Top values = new Top(limit);
    Top memory = new Top(limit);
    Top pairs = new Top(limit);
    SeriesIndex index = head.index;
    for (int i = 0; i < index.names.count(); i++) {
      LabelName name = index.names.get(i);
      RowList all = name.pairs();
      values.add(all.size, i);
      memory.add(name.memory(), i);
      boolean isMetric = name.text.equals(Labels.NAME);
      for (int k = 0; k < all.size; k++) {
        int count = index.postings.count(all.rows[k]);
        pairs.add(count, all.rows[k]);
        if (isMetric) {
          metrics.add(count, all.rows[k]);
        }
      }
    }
    return new Statistics(
        head.seriesCount(),
        head.chunkCount(),
        head.minTime(),
        head.maxTime(),
        index.pairs.count(),
        metrics.toList(index::value),
        values.toList(i -> index.names.get(i).text),
        memory.toList(i -> index.names.get(i).text),
        pairs.toList(p -> index.names.get(index.pairs.name(p)).text + "=" + index.value(p)));
  }
}
