package io.narthex.storage.tsdb.internal.block.index;

import io.narthex.api.storage.StorageException;
import io.narthex.storage.tsdb.internal.block.file.MappedFile;
import io.narthex.storage.tsdb.internal.block.file.MappedReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the postings of each name and value are: names in memory, of every 32nd of a name's values
 * its place in the table, which is read in place.
 */
final class PostingsTable {

  private static final int STEP = 32;

  private final MappedFile file;
  private final long start;
  private final long end;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> ordinals = new HashMap<>();

  /** For each name how many values it has. */
  private int[] valueCounts = new int[64];

  /** For each name where its part of {@link #samples} begins. */
  private int[] firstSamples = new int[64];

  /** Offsets behind {@link #start}, without sign. */
  private int[] samples = new int[256];

  private int sampleCount;

  /**
   * @param start where the first entry begins
   * @param end behind the last entry
   */
  private PostingsTable(MappedFile file, long start, long end) {
    this.file = file;
    this.start = start;
    this.end = end;
  }

  static PostingsTable read(MappedFile file, Toc toc) throws StorageException {
    if (toc.table() == 0) {
      return new PostingsTable(file, 0, 0);
    }
    long length = file.getInt(toc.table()) & 0xFFFFFFFFL;
    long body = toc.table() + 4;
    file.verify(body, length, "postings offset table");
    if (length < 4) {
      throw file.corrupt(toc.table(), "a postings offset table of " + length + " bytes");
    }
    long n = file.getInt(body) & 0xFFFFFFFFL;
    PostingsTable table =
        toc.isV1()
            ? SortedTable.sort(file, body + 4, body + length, n)
            : new PostingsTable(file, body + 4, body + length);
    table.scan(n);
    return table;
  }

  /** A table whose entries are in order, before it is scanned. */
  static PostingsTable over(MappedFile file, long start, long end) {
    return new PostingsTable(file, start, end);
  }

  private void scan(long count) throws StorageException {
    MappedReader in = new MappedReader(file, start, end);
    byte[] name = {};
    byte[] value = {};
    int last = -1;
    for (long i = 0; i < count; i++) {
      long at = in.position();
      entry(in);
      long nameAt = in.position();
      if (last < 0 || in.compareString(name) != 0) {
        in.seek(nameAt);
        byte[] next = in.bytes();
        if (last >= 0 && Arrays.compareUnsigned(next, name) < 0) {
          throw file.corrupt(at, "names in the postings offset table do not ascend");
        }
        name = next;
        last = addName(new String(name, StandardCharsets.UTF_8));
        value = new byte[0];
      }
      if (valueCounts[last]++ % STEP == 0) {
        addSample(at);
        byte[] next = in.bytes();
        if (Arrays.compareUnsigned(next, value) < 0) {
          throw file.corrupt(at, "values in the postings offset table do not ascend");
        }
        value = next;
      } else {
        in.skipString();
      }
      in.uvarint();
    }
  }

  private void entry(MappedReader in) throws StorageException {
    long at = in.position();
    long keys = in.uvarint();
    if (keys != 2) {
      throw file.corrupt(at, "unexpected key length for posting table " + keys);
    }
  }

  private int addName(String name) {
    int i = names.size();
    if (i == valueCounts.length) {
      valueCounts = Arrays.copyOf(valueCounts, i * 2);
      firstSamples = Arrays.copyOf(firstSamples, i * 2);
    }
    firstSamples[i] = sampleCount;
    names.add(name);
    ordinals.put(name, i);
    return i;
  }

  private void addSample(long at) {
    if (sampleCount == samples.length) {
      samples = Arrays.copyOf(samples, sampleCount * 2);
    }
    samples[sampleCount++] = (int) (at - start);
  }

  /** Names in order of their bytes; the empty one, of all series, is among them. */
  int nameCount() {
    return names.size();
  }

  String name(int i) {
    return names.get(i);
  }

  /** The number of a name, -1 if there is none. */
  int find(String name) {
    return ordinals.getOrDefault(name, -1);
  }

  int valueCount(int name) {
    return valueCounts[name];
  }

  long memory() {
    return 4L * samples.length + 8L * valueCounts.length;
  }

  /** The values of a name in order of their bytes. */
  Values values(int name) {
    return new Values(name, 0);
  }

  /** As {@link #values}, from the first value on that is not smaller than the given bytes. */
  Values valuesFrom(int name, byte[] first) throws StorageException {
    Values v = new Values(name, sampleBefore(name, first) * STEP);
    v.skipTo(first);
    return v;
  }

  /** Where the postings of a value begin, -1 if there are none. */
  long find(int name, byte[] value) throws StorageException {
    Values v = valuesFrom(name, value);
    return v.next() && v.compare(value) == 0 ? v.postings() : -1;
  }

  /** The last sampled value of a name that is not larger than the given bytes, or the first. */
  private int sampleBefore(int name, byte[] bytes) throws StorageException {
    MappedReader in = new MappedReader(file, start, end);
    int low = 0;
    int high = (valueCounts[name] - 1) / STEP;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      in.seek(place(name, middle));
      entry(in);
      in.skipString();
      if (in.compareString(bytes) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private long place(int name, int sample) {
    return start + (samples[firstSamples[name] + sample] & 0xFFFFFFFFL);
  }

  /** Goes through the values of a name. */
  final class Values {
    private final MappedReader in = new MappedReader(file, start, end);
    private int remaining;
    private long valueAt;
    private long postings;
    private boolean again;

    /**
     * @param first a multiple of {@link #STEP}
     */
    private Values(int name, int first) {
      in.seek(place(name, first / STEP));
      remaining = valueCounts[name] - first;
    }

    boolean next() throws StorageException {
      if (again) {
        again = false;
        return true;
      }
      if (remaining == 0) {
        return false;
      }
      remaining--;
      entry(in);
      in.skipString();
      valueAt = in.position();
      in.skipString();
      postings = in.uvarint();
      return true;
    }

    private void skipTo(byte[] bytes) throws StorageException {
      while (next()) {
        if (compare(bytes) >= 0) {
          again = true;
          return;
        }
      }
    }

    int compare(byte[] bytes) throws StorageException {
      long behind = in.position();
      in.seek(valueAt);
      int c = in.compareString(bytes);
      in.seek(behind);
      return c;
    }

    boolean startsWith(byte[] prefix) throws StorageException {
      long behind = in.position();
      in.seek(valueAt);
      boolean does = in.startsWith(prefix);
      in.seek(behind);
      return does;
    }

    String value() throws StorageException {
      long behind = in.position();
      in.seek(valueAt);
      String s = in.string();
      in.seek(behind);
      return s;
    }

    /** Where its postings begin. */
    long postings() {
      return postings;
    }
  }
}
