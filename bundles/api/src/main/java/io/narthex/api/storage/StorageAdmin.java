package io.narthex.api.storage;

import io.narthex.model.LabelMatcher;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What can be done by hand to the local database. The service exists while the database is open.
 * Each call waits until what runs on the blocks meanwhile has ended, and returns when its own work
 * is done.
 */
@ProviderType
public interface StorageAdmin {

  /**
   * Deletes the samples from {@code minTime} to {@code maxTime}, both included, of all series that
   * the matchers accept. They can not be seen any more at once, and are removed later.
   */
  void deleteSeries(long minTime, long maxTime, List<LabelMatcher> matchers)
      throws StorageException;

  /** Writes the blocks anew that have deleted samples. */
  void cleanTombstones() throws StorageException;

  /**
   * Makes a copy of the database that another server can open, mostly of links to the same files.
   *
   * @param withHead whether the samples that are in no block yet come along
   * @return the name of the copy's directory, in the folder {@code snapshots}
   */
  String snapshot(boolean withHead) throws StorageException;

  /** The blocks that are open, by time. */
  List<Block> blocks();

  /**
   * A block, as its {@code meta.json} says.
   *
   * @param minTime milliseconds since the epoch; no sample is older
   * @param maxTime every sample is older than that
   * @param bytes of its files
   * @param level how often its samples were compacted
   * @param sources the blocks of level 1 that it comes from
   * @param failed whether compacting it has failed
   */
  record Block(
      String ulid,
      long minTime,
      long maxTime,
      long bytes,
      Contents contents,
      int level,
      List<String> sources,
      List<Parent> parents,
      boolean deletable,
      boolean failed,
      List<String> hints) {

    public Block {
      sources = List.copyOf(sources);
      parents = List.copyOf(parents);
      hints = List.copyOf(hints);
    }
  }

  /** What there is in a block. */
  record Contents(
      long samples,
      long floatSamples,
      long histogramSamples,
      long series,
      long chunks,
      long tombstones) {}

  /** A block that another one was made from. */
  record Parent(String ulid, long minTime, long maxTime) {}
}
