package io.narthex.storage.tsdb.internal.head;

import io.narthex.model.MetricMetadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The newest metadata of each series: 4 bytes a series, and each distinct metadata once. */
final class MetadataColumn {

  private final List<MetricMetadata> distinct = new ArrayList<>();
  private final Map<MetricMetadata, Integer> ids = new HashMap<>();

  /** By row: index in {@link #distinct} plus 1, 0 for none. Grows with the first metadata. */
  private int[] byRow = new int[0];

  synchronized @Nullable MetricMetadata get(int row) {
    return row < byRow.length && byRow[row] != 0 ? distinct.get(byRow[row] - 1) : null;
  }

  synchronized void remove(int row) {
    if (row < byRow.length) {
      byRow[row] = 0;
    }
  }

  synchronized void set(int row, MetricMetadata metadata) {
    if (row >= byRow.length) {
      byRow = Arrays.copyOf(byRow, Math.max(row + 1, byRow.length * 2));
    }
    Integer id = ids.get(metadata);
    if (id == null) {
      distinct.add(metadata);
      id = distinct.size();
      ids.put(metadata, id);
    }
    byRow[row] = id;
  }
}
