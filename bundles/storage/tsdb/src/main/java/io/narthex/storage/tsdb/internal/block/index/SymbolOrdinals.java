package io.narthex.storage.tsdb.internal.block.index;

import io.narthex.api.storage.StorageException;
import java.lang.foreign.MemorySegment;

/** The symbols of an index by their ordinals, whatever its version, with a place for each. */
public final class SymbolOrdinals {

  private final Symbols symbols;
  private final int[] offsets;

  /**
   * @throws StorageException if the symbols do not ascend
   */
  public SymbolOrdinals(Symbols symbols) throws StorageException {
    this.symbols = symbols;
    this.offsets = symbols.offsets();
  }

  public int count() {
    return offsets.length;
  }

  /** The bytes of a symbol, in place. */
  public MemorySegment bytes(int ordinal) throws StorageException {
    return symbols.bytesAt(offsets[ordinal]);
  }

  /** The ordinal of what a series entry refers to. */
  public int ordinal(int reference) throws StorageException {
    return symbols.ordinal(reference, offsets);
  }
}
