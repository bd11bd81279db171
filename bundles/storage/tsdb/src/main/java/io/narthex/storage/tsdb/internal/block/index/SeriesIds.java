package io.narthex.storage.tsdb.internal.block.index;

import io.narthex.api.storage.StorageException;
import java.util.Arrays;
import java.util.List;

/**
 * Series of an index by what they are called there: the first {@link #size} of an array, ascending
 * without sign, which is the order of their labels. The array is never changed.
 */
public final class SeriesIds {

  public static final SeriesIds EMPTY = new SeriesIds(new int[0], 0);

  /** Bits a series below which a bit map is the way to unite lists. */
  private static final int SPARSE = 256;

  final int[] ids;
  final int size;

  SeriesIds(int[] ids, int size) {
    this.ids = ids;
    this.size = size;
  }

  public int size() {
    return size;
  }

  public int get(int i) {
    return ids[i];
  }

  /** The first of these. */
  public SeriesIds limit(int n) {
    return n < size ? new SeriesIds(ids, n) : this;
  }

  static SeriesIds of(PostingsList list) throws StorageException {
    int[] out = new int[list.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = list.get(i);
    }
    return new SeriesIds(out, out.length);
  }

  /** Those that are in the list, too. */
  SeriesIds intersect(PostingsList list) throws StorageException {
    int[] out = new int[Math.min(size, list.size())];
    int n = 0;
    int at = 0;
    for (int i = 0; i < size && at < list.size(); i++) {
      at = list.seek(at, ids[i]);
      if (at < list.size() && list.get(at) == ids[i]) {
        out[n++] = ids[i];
        at++;
      }
    }
    return new SeriesIds(out, n);
  }

  /** Those that are, or are not, among others. */
  SeriesIds filter(SeriesIds others, boolean keep) {
    int[] out = new int[size];
    int n = 0;
    int at = 0;
    for (int i = 0; i < size; i++) {
      while (at < others.size && Integer.compareUnsigned(others.ids[at], ids[i]) < 0) {
        at++;
      }
      if ((at < others.size && others.ids[at] == ids[i]) == keep) {
        out[n++] = ids[i];
      }
    }
    return new SeriesIds(out, n);
  }

  /** All that are in any of the lists, of which no two have the same. */
  static SeriesIds union(List<PostingsList> lists) throws StorageException {
    if (lists.isEmpty()) {
      return EMPTY;
    }
    if (lists.size() == 1) {
      return of(lists.getFirst());
    }
    long total = 0;
    long first = 0xFFFFFFFFL;
    long last = 0;
    for (PostingsList list : lists) {
      if (list.size() > 0) {
        total += list.size();
        first = Math.min(first, list.get(0) & 0xFFFFFFFFL);
        last = Math.max(last, list.get(list.size() - 1) & 0xFFFFFFFFL);
      }
    }
    if (total > Integer.MAX_VALUE - 8 || last < first) {
      if (total == 0) {
        return EMPTY;
      }
      throw lists.getFirst().file().corrupt(0, "postings of " + total + " series");
    }
    return (last - first) / SPARSE <= total
        ? byBits(lists, (int) total, first, last)
        : bySorting(lists, (int) total);
  }

  private static SeriesIds byBits(List<PostingsList> lists, int total, long first, long last)
      throws StorageException {
    long[] words = new long[(int) ((last - first) / 64) + 1];
    for (PostingsList list : lists) {
      for (int i = 0; i < list.size(); i++) {
        long bit = (list.get(i) & 0xFFFFFFFFL) - first;
        if (bit < 0 || bit > last - first) {
          throw list.file().corrupt(list.offset(), "postings do not ascend");
        }
        words[(int) (bit >>> 6)] |= 1L << bit;
      }
    }
    int[] out = new int[total];
    int n = 0;
    for (int w = 0; w < words.length; w++) {
      for (long left = words[w]; left != 0; left &= left - 1) {
        out[n++] = (int) (first + 64L * w + Long.numberOfTrailingZeros(left));
      }
    }
    return new SeriesIds(out, n);
  }

  private static SeriesIds bySorting(List<PostingsList> lists, int total) throws StorageException {
    int[] out = new int[total];
    int n = 0;
    for (PostingsList list : lists) {
      for (int i = 0; i < list.size(); i++) {
        // With the sign turned, signed order is that of numbers without sign.
        out[n++] = list.get(i) ^ Integer.MIN_VALUE;
      }
    }
    Arrays.sort(out);
    int kept = 0;
    for (int i = 0; i < n; i++) {
      if (i == 0 || out[i] != out[i - 1]) {
        out[kept++] = out[i];
      }
    }
    for (int i = 0; i < kept; i++) {
      out[i] ^= Integer.MIN_VALUE;
    }
    return new SeriesIds(out, kept);
  }
}
