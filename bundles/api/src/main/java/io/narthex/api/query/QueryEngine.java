package io.narthex.api.query;

import org.osgi.annotation.versioning.ProviderType;

/** Evaluates PromQL over the fan-out storage. */
@ProviderType
public interface QueryEngine {

  /**
   * Parses and checks a query; nothing is read yet.
   *
   * @throws QueryException of kind BAD_DATA with the reference's text and position
   */
  Query prepare(QueryRequest request) throws QueryException;

  /** A prepared query. */
  @ProviderType
  interface Query extends AutoCloseable {

    /**
     * Waits for a free place, evaluates, and gives the result. Called once.
     *
     * @throws QueryException if there is none
     */
    QueryResult execute() throws QueryException;

    /** Makes {@link #execute} end soon with CANCELED; from any thread, at any time. */
    void cancel();

    /** Releases what the result still holds of the storage. */
    @Override
    void close();
  }
}
