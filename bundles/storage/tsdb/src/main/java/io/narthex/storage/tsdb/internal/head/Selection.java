package io.narthex.storage.tsdb.internal.head;

import io.narthex.model.LabelMatcher;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates matchers on the index. A label that a series does not have counts as the empty value.
 *
 * <p>A matcher that refuses the empty value selects: its pairs' postings are united, and the unions
 * intersected. One that accepts it excludes: the postings of the pairs that it refuses are taken
 * away. An expression is tried once for each distinct value; where few series are left, only for
 * the values that these have.
 */
final class Selection {

  private final SeriesIndex index;
  private final int bound;

  /**
   * @param bound rows from it on are left out
   */
  Selection(SeriesIndex index, int bound) {
    this.index = index;
    this.bound = bound;
  }

  RowList select(List<LabelMatcher> matchers) {
    List<LabelMatcher> unions = new ArrayList<>();
    List<LabelMatcher> exclusions = new ArrayList<>();
    List<RowList> lists = new ArrayList<>();
    for (LabelMatcher m : matchers) {
      LabelName name = index.names.find(m.name());
      if (m.matchesEmpty()) {
        if (name != null) {
          exclusions.add(m);
        }
      } else if (name == null) {
        return RowList.EMPTY;
      } else if (m.type() == LabelMatcher.Type.EQUAL) {
        int pair = find(name, m.value());
        if (pair < 0) {
          return RowList.EMPTY;
        }
        lists.add(index.postings.list(pair).below(bound));
      } else {
        unions.add(m);
      }
    }
    lists.sort((a, b) -> Integer.compare(a.size, b.size));
    RowList result = null;
    for (RowList list : lists) {
      result = result == null ? list : result.intersect(list);
    }
    for (LabelMatcher m : unions) {
      result = narrow(result, m);
    }
    if (result == null) {
      result = all();
    }
    for (LabelMatcher m : exclusions) {
      result = narrow(result, m);
    }
    return result;
  }

  private RowList all() {
    int[] rows = new int[bound];
    int n = 0;
    for (int row = 0; row < bound; row++) {
      if (index.rows.ref(row) != 0) {
        rows[n++] = row;
      }
    }
    return new RowList(rows, n);
  }

  private int find(LabelName name, String value) {
    byte[] utf8 = value.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    int symbol = index.symbols.find(utf8, 0, utf8.length);
    return symbol < 0 ? -1 : index.pairs.find(name.index, symbol);
  }

  /** The rows of {@code from}, null for all, that the matcher accepts. */
  private RowList narrow(@Nullable RowList from, LabelMatcher m) {
    LabelName name = index.names.find(m.name());
    if (name == null) {
      return m.matchesEmpty() && from != null ? from : RowList.EMPTY;
    }
    if (from != null && from.size < name.pairs().size) {
      return check(from, name, m);
    }
    boolean excludes = m.matchesEmpty();
    List<RowList> lists = new ArrayList<>();
    List<String> literals = literals(m);
    if (literals != null && !excludes) {
      for (String literal : literals) {
        int pair = find(name, literal);
        if (pair >= 0) {
          lists.add(index.postings.list(pair));
        }
      }
    } else {
      RowList pairs = name.pairs();
      for (int i = 0; i < pairs.size; i++) {
        int pair = pairs.rows[i];
        if (m.matches(index.value(pair)) != excludes) {
          lists.add(index.postings.list(pair));
        }
      }
    }
    if (from == null && lists.size() == 1 && !excludes) {
      return lists.getFirst().below(bound);
    }
    RowSet set = new RowSet(bound);
    for (RowList list : lists) {
      set.addAll(list);
    }
    return from == null ? set.toList(bound) : from.filter(set, !excludes);
  }

  private static @Nullable List<String> literals(LabelMatcher m) {
    return m.type() == LabelMatcher.Type.REGEX && m.regex() != null ? m.regex().literals() : null;
  }

  /** Looks at each row's own value; a value is tried once. */
  private RowList check(RowList from, LabelName name, LabelMatcher m) {
    BitSet tried = new BitSet();
    BitSet accepted = new BitSet();
    boolean empty = m.matchesEmpty();
    int[] out = new int[from.size];
    int n = 0;
    for (int i = 0; i < from.size; i++) {
      int pair = index.pairOf(from.rows[i], name.index);
      boolean ok;
      if (pair < 0) {
        ok = empty;
      } else if (tried.get(pair)) {
        ok = accepted.get(pair);
      } else {
        ok = m.matches(index.value(pair));
        tried.set(pair);
        accepted.set(pair, ok);
      }
      if (ok) {
        out[n++] = from.rows[i];
      }
    }
    return new RowList(out, n);
  }
}
