package io.narthex.api.query;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The queries that run or wait for a place. */
@ProviderType
public interface RunningQueries {

  /** All of them, the oldest first. */
  List<RunningQuery> running();

  /** Ends a query with CANCELED; false if it is not there, or no longer. */
  boolean cancel(long id);

  /**
   * A query at the moment of asking.
   *
   * @param id unique while the engine runs
   * @param waiting whether it has no place yet
   * @param samples that it holds
   * @param bytes that it has accounted for
   */
  record RunningQuery(
      long id, QueryRequest request, Instant since, boolean waiting, long samples, long bytes) {}
}
