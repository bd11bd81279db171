package io.narthex.storage.tsdb.internal.block.index;

import io.narthex.api.storage.StorageException;
import io.narthex.storage.tsdb.internal.block.file.MappedFile;

/**
 * The series of one label pair: ascending numbers, read in place.
 *
 * @param offset of the first number
 */
record PostingsList(MappedFile file, long offset, int size) {

  /**
   * The list at a place that the postings table names; its checksum is compared.
   *
   * @param at where its length stands
   */
  static PostingsList read(MappedFile file, long at) throws StorageException {
    long length = file.getInt(at) & 0xFFFFFFFFL;
    file.verify(at + 4, length, "postings");
    long n = length < 4 ? -1 : file.getInt(at + 4) & 0xFFFFFFFFL;
    if (n < 0 || n > Integer.MAX_VALUE || 4 + 4 * n != length) {
      throw file.corrupt(at, "unexpected postings length: " + length + " bytes for " + n);
    }
    return new PostingsList(file, at + 8, (int) n);
  }

  int get(int i) throws StorageException {
    return file.element(offset, i);
  }

  /** The index of the first number at or after {@code id}, from {@code from} on; gallops. */
  int seek(int from, int id) throws StorageException {
    if (from >= size || Integer.compareUnsigned(get(from), id) >= 0) {
      return from;
    }
    int low = from;
    int step = 1;
    int high = from + 1;
    while (high < size && Integer.compareUnsigned(get(high), id) < 0) {
      low = high;
      step <<= 1;
      high = step < 0 || low > size - step ? size : low + step;
    }
    // The number at low is smaller; the one at high, if there is one, is not.
    low++;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Integer.compareUnsigned(get(middle), id) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether it has any of the numbers. */
  boolean hasAny(SeriesIds ids) throws StorageException {
    int at = 0;
    for (int i = 0; i < ids.size && at < size; i++) {
      at = seek(at, ids.ids[i]);
      if (at < size && get(at) == ids.ids[i]) {
        return true;
      }
    }
    return false;
  }
}
