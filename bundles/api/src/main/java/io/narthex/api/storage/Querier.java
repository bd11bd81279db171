package io.narthex.api.storage;

import io.narthex.model.LabelMatcher;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A consistent view on a storage. Its methods, and the series and cursors it gives, may be used by
 * several threads at once, each cursor by one; nothing of it may be used after {@link #close}.
 */
@ProviderType
public interface Querier extends AutoCloseable {

  /**
   * The series that all matchers accept.
   *
   * @param hints what is needed of them
   */
  SeriesSet select(SelectHints hints, List<LabelMatcher> matchers) throws StorageException;

  /**
   * The values of one label over the series that all matchers accept, sorted.
   *
   * @param limit the most to give, 0 for all
   */
  LabelResult labelValues(String name, int limit, List<LabelMatcher> matchers)
      throws StorageException;

  /** The label names of the series that all matchers accept, sorted. */
  LabelResult labelNames(int limit, List<LabelMatcher> matchers) throws StorageException;

  @Override
  void close();

  /** Names or values, and what the caller should be told of them. */
  record LabelResult(List<String> values, List<String> warnings) {
    public LabelResult {
      values = List.copyOf(values);
      warnings = List.copyOf(warnings);
    }
  }
}
