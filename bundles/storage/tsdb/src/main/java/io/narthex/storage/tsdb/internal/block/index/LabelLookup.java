package io.narthex.storage.tsdb.internal.block.index;

import io.narthex.api.storage.StorageException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Label names and values of an index, of all its series or some. */
public final class LabelLookup {

  private final IndexReader index;

  public LabelLookup(IndexReader index) {
    this.index = index;
  }

  /**
   * The values of a label in order.
   *
   * @param of the series to look at, null for all
   * @param limit the most to give, 0 for all
   */
  public Collection<String> values(String name, @Nullable SeriesIds of, int limit)
      throws StorageException {
    int number = index.table().find(name);
    if (number < 0 || name.isEmpty()) {
      return List.of();
    }
    if (of != null && of.size < index.table().valueCount(number)) {
      return valuesOf(name, of, limit);
    }
    List<String> out = new ArrayList<>();
    PostingsTable.Values values = index.table().values(number);
    while (values.next() && (limit == 0 || out.size() < limit)) {
      if (of == null || PostingsList.read(index.file(), values.postings()).hasAny(of)) {
        out.add(values.value());
      }
    }
    return out;
  }

  private Collection<String> valuesOf(String name, SeriesIds of, int limit)
      throws StorageException {
    LabelName label = new LabelName(index, name);
    BitSet seen = new BitSet();
    SeriesEntry entry = new SeriesEntry();
    TreeSet<String> out = new TreeSet<>(io.narthex.model.Utf8Order::compare);
    for (int i = 0; i < of.size; i++) {
      index.read(of.ids[i], entry);
      int value = label.valueOf(entry);
      if (value >= 0 && !seen.get(value)) {
        out.add(index.symbols().text(value));
        seen.set(value);
      }
    }
    return limit == 0 || out.size() <= limit ? out : new ArrayList<>(out).subList(0, limit);
  }

  /** The names of labels in order, as {@link #values}. */
  public Collection<String> names(@Nullable SeriesIds of, int limit) throws StorageException {
    TreeSet<String> out = new TreeSet<>(io.narthex.model.Utf8Order::compare);
    if (of == null) {
      for (int i = 0; i < index.table().nameCount(); i++) {
        out.add(index.table().name(i));
      }
      out.remove("");
    } else {
      BitSet seen = new BitSet();
      SeriesEntry entry = new SeriesEntry();
      for (int i = 0; i < of.size; i++) {
        index.read(of.ids[i], entry);
        for (int k = 0; k < entry.labelCount(); k++) {
          int name = entry.name(k);
          if (!seen.get(name)) {
            out.add(index.symbols().text(name));
            seen.set(name);
          }
        }
      }
    }
    return limit == 0 || out.size() <= limit ? out : new ArrayList<>(out).subList(0, limit);
  }
}
