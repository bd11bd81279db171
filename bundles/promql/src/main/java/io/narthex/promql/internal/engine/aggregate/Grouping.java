package io.narthex.promql.internal.engine.aggregate;

import io.narthex.model.Labels;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.GroupTable;
import io.narthex.promql.internal.engine.data.Naming;
import io.narthex.promql.internal.engine.data.Rows;
import java.util.List;

/**
 * Which group each series belongs to, found once for a query. The labels of the groups, too, come
 * from here.
 */
public final class Grouping {

  private final GroupTable table;
  private final int[] groups;
  private final Rows input;
  private final boolean byName;

  public Grouping(Execution ex, Rows input, List<String> labels, boolean without) {
    this.table = new GroupTable(labels, without);
    this.input = input;
    this.groups = table.assign(input, ex.guard());
    this.byName = !without && labels.contains(Labels.NAME);
  }

  public int size() {
    return table.size();
  }

  /** The group of a series of the input. */
  public int of(int row) {
    return groups[row];
  }

  /** How many series each group has. */
  public int[] sizes() {
    int[] sizes = new int[size()];
    for (int g : groups) {
      sizes[g]++;
    }
    return sizes;
  }

  /** A row for each group; a name that is to be dropped at the end still is, if it is kept. */
  public Rows rows() {
    Labels[] labels = new Labels[size()];
    for (int g = 0; g < labels.length; g++) {
      labels[g] = table.key(g);
    }
    if (!byName) {
      return Rows.of(input.naming(), labels, Naming.onlyNames(labels));
    }
    boolean[] dropped = new boolean[labels.length];
    for (int i = 0; i < groups.length; i++) {
      dropped[groups[i]] |= input.dropsName(i);
    }
    return Rows.of(input.naming(), labels, dropped, false);
  }
}
