package io.narthex.storage.tsdb.internal.block.index;

import io.narthex.api.storage.StorageException;
import io.narthex.storage.tsdb.internal.block.file.MappedFile;

/** Where the parts of an index begin, those that are still read. */
record Toc(int version, long symbols, long series, long seriesEnd, long postings, long table) {

  static Toc read(MappedFile file) throws StorageException {
    if (file.size() < IndexFormat.HEADER + IndexFormat.TOC) {
      throw file.corrupt(0, "an index of " + file.size() + " bytes");
    }
    if (file.getInt(0) != IndexFormat.MAGIC) {
      throw file.corrupt(0, "invalid magic number " + Integer.toHexString(file.getInt(0)));
    }
    int version = file.get(4);
    if (version < IndexFormat.V1 || version > IndexFormat.V3) {
      throw file.corrupt(4, "unknown index file version " + version);
    }
    long at = file.size() - IndexFormat.TOC;
    file.verify(at, IndexFormat.TOC - 4, "table of contents");
    long[] parts = new long[6];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = file.getLong(at + 8L * i);
      if (parts[i] != 0 && (parts[i] < IndexFormat.HEADER || parts[i] > at)) {
        throw file.corrupt(at + 8L * i, "a part of the index begins at " + parts[i]);
      }
    }
    long seriesEnd = at;
    for (long part : parts) {
      if (part > parts[1]) {
        seriesEnd = Math.min(seriesEnd, part);
      }
    }
    return new Toc(version, parts[0], parts[1], seriesEnd, parts[4], parts[5]);
  }

  boolean isV1() {
    return version == IndexFormat.V1;
  }
}
