package io.narthex.storage.tsdb.internal.block.index;

import io.narthex.api.storage.StorageException;
import io.narthex.storage.tsdb.internal.block.file.MappedFile;
import io.narthex.storage.tsdb.internal.block.file.MappedReader;
import io.narthex.storage.tsdb.internal.record.WriteBuffer;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The postings table of an index of version 1, which is in no order, put in order. */
final class SortedTable {

  private SortedTable() {}

  private record Entry(byte[] name, byte[] value, long postings) {}

  static PostingsTable sort(MappedFile file, long start, long end, long count)
      throws StorageException {
    MappedReader in = new MappedReader(file, start, end);
    List<Entry> entries = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      long at = in.position();
      long keys = in.uvarint();
      if (keys != 2) {
        throw file.corrupt(at, "unexpected key length for posting table " + keys);
      }
      entries.add(new Entry(in.bytes(), in.bytes(), in.uvarint()));
    }
    entries.sort(
        Comparator.comparing(Entry::name, Arrays::compareUnsigned)
            .thenComparing(Entry::value, Arrays::compareUnsigned));
    WriteBuffer out = new WriteBuffer(1024);
    for (Entry e : entries) {
      out.put(2);
      out.putBytes(e.name, 0, e.name.length);
      out.putBytes(e.value, 0, e.value.length);
      out.putUvarint(e.postings);
    }
    MemorySegment sorted = MemorySegment.ofArray(Arrays.copyOf(out.array(), out.length()));
    return PostingsTable.over(MappedFile.of(file.path(), sorted), 0, out.length());
  }
}
