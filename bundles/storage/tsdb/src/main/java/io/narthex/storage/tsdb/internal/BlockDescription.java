package io.narthex.storage.tsdb.internal;

import io.narthex.api.storage.StorageAdmin;
import io.narthex.storage.tsdb.internal.block.Block;
import io.narthex.storage.tsdb.internal.block.BlockMeta;
import io.narthex.storage.tsdb.internal.block.Ulid;

/** Says of a block what the API is to know. */
final class BlockDescription {

  private BlockDescription() {}

  static StorageAdmin.Block of(Block block) {
    BlockMeta meta = block.meta();
    BlockMeta.Stats s = meta.stats();
    BlockMeta.Compaction c = meta.compaction();
    return new StorageAdmin.Block(
        meta.ulid().toString(),
        meta.minTime(),
        meta.maxTime(),
        block.size(),
        new StorageAdmin.Contents(
            s.numSamples(),
            s.numFloatSamples(),
            s.numHistogramSamples(),
            s.numSeries(),
            s.numChunks(),
            s.numTombstones()),
        c.level(),
        c.sources().stream().map(Ulid::toString).toList(),
        c.parents().stream()
            .map(p -> new StorageAdmin.Parent(p.ulid().toString(), p.minTime(), p.maxTime()))
            .toList(),
        c.deletable(),
        c.failed(),
        c.hints());
  }
}
