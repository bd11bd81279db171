package io.narthex.storage.tsdb.internal.block.index;

import io.narthex.api.storage.StorageException;
import io.narthex.model.LabelMatcher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates matchers on an index. A label that a series does not have counts as the empty value.
 *
 * <p>A matcher that refuses the empty value selects: its values' postings are united, and the
 * unions intersected. One that accepts it excludes: the postings of the values that it refuses are
 * taken away. An expression is tried once for each distinct value; where few series are left, only
 * for the values that these have.
 */
public final class Selection {

  /** So many values are looked at in the time that it takes to read the labels of a series. */
  private static final int VALUES_PER_SERIES = 4;

  private final IndexReader index;

  public Selection(IndexReader index) {
    this.index = index;
  }

  /** The series that all matchers accept. */
  public SeriesIds select(List<LabelMatcher> matchers) throws StorageException {
    List<LabelMatcher> others = new ArrayList<>();
    List<PostingsList> lists = new ArrayList<>();
    for (LabelMatcher m : matchers) {
      boolean acceptsEmpty = m.matchesEmpty();
      int name = index.table().find(m.name());
      if (name < 0) {
        if (!acceptsEmpty) {
          return SeriesIds.EMPTY;
        }
      } else if (m.type() == LabelMatcher.Type.EQUAL && !acceptsEmpty) {
        long at = index.table().find(name, utf8(m.value()));
        if (at < 0) {
          return SeriesIds.EMPTY;
        }
        lists.add(PostingsList.read(index.file(), at));
      } else if (!acceptsEverything(m)) {
        others.add(m);
      }
    }
    lists.sort(Comparator.comparingInt(PostingsList::size));
    SeriesIds result = null;
    for (PostingsList list : lists) {
      result = result == null ? SeriesIds.of(list) : result.intersect(list);
    }
    // Those that select come first: they may spare the list of all series.
    others.sort(Comparator.comparing(LabelMatcher::matchesEmpty));
    for (LabelMatcher m : others) {
      result = narrow(result, m);
    }
    return result == null ? index.all() : result;
  }

  private static boolean acceptsEverything(LabelMatcher m) {
    return m.type() == LabelMatcher.Type.REGEX && m.value().equals(".*");
  }

  /** Whether it accepts every value but the empty one, for sure. */
  private static boolean acceptsAnyValue(LabelMatcher m) {
    return m.type() == LabelMatcher.Type.REGEX
        ? m.value().equals(".+")
        : m.type() == LabelMatcher.Type.NOT_EQUAL && m.value().isEmpty();
  }

  private static byte[] utf8(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  /** The series of {@code from}, null for all, that the matcher accepts. */
  private SeriesIds narrow(@Nullable SeriesIds from, LabelMatcher m) throws StorageException {
    int name = index.table().find(m.name());
    if (from != null
        && (long) from.size * VALUES_PER_SERIES < index.table().valueCount(name)
        && literals(m) == null) {
      return check(from, m);
    }
    boolean excludes = m.matchesEmpty();
    SeriesIds found = SeriesIds.union(lists(name, m, excludes));
    if (from == null && !excludes) {
      return found;
    }
    return (from == null ? index.all() : from).filter(found, !excludes);
  }

  /** The postings of the values that the matcher accepts, or refuses. */
  private List<PostingsList> lists(int name, LabelMatcher m, boolean refused)
      throws StorageException {
    PostingsTable table = index.table();
    List<PostingsList> out = new ArrayList<>();
    List<String> literals = refused ? null : literals(m);
    if (m.type() == LabelMatcher.Type.NOT_EQUAL && refused) {
      literals = List.of(m.value());
    }
    if (literals != null) {
      for (String literal : literals) {
        long at = literal.isEmpty() ? -1 : table.find(name, utf8(literal));
        if (at >= 0) {
          out.add(PostingsList.read(index.file(), at));
        }
      }
      return out;
    }
    boolean any = !refused && acceptsAnyValue(m);
    byte[] prefix = utf8(refused || m.type() != LabelMatcher.Type.REGEX ? "" : prefix(m));
    PostingsTable.Values values =
        prefix.length > 0 ? table.valuesFrom(name, prefix) : table.values(name);
    while (values.next()) {
      if (prefix.length > 0 && !values.startsWith(prefix)) {
        break;
      }
      if (any || m.matches(values.value()) != refused) {
        out.add(PostingsList.read(index.file(), values.postings()));
      }
    }
    return out;
  }

  private static @Nullable List<String> literals(LabelMatcher m) {
    if (m.type() != LabelMatcher.Type.REGEX || m.regex() == null) {
      return null;
    }
    List<String> literals = m.regex().literals();
    return literals == null ? null : literals.stream().distinct().toList();
  }

  private static String prefix(LabelMatcher m) {
    return m.regex() == null ? "" : m.regex().prefix();
  }

  /** Looks at each series' own value; a value is tried once. */
  private SeriesIds check(SeriesIds from, LabelMatcher m) throws StorageException {
    LabelName name = new LabelName(index, m.name());
    BitSet tried = new BitSet();
    BitSet accepted = new BitSet();
    boolean empty = m.matchesEmpty();
    int[] out = new int[from.size];
    int n = 0;
    SeriesEntry entry = new SeriesEntry();
    for (int i = 0; i < from.size; i++) {
      index.read(from.ids[i], entry);
      int value = name.valueOf(entry);
      boolean ok;
      if (value < 0) {
        ok = empty;
      } else if (tried.get(value)) {
        ok = accepted.get(value);
      } else {
        ok = m.matches(index.symbols().text(value));
        tried.set(value);
        accepted.set(value, ok);
      }
      if (ok) {
        out[n++] = from.ids[i];
      }
    }
    return new SeriesIds(out, n);
  }
}
