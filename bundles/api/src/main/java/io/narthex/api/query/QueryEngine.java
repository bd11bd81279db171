package io.narthex.api.query;

import java.util.function.BooleanSupplier;
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
     * Waits for a free place, evaluates, and gives the result. Called once. What takes long is done
     * by a thread of the engine's own; the caller waits.
     *
     * @param abandoned asked several times a second whether nobody wants the result any more, by
     *     the calling thread
     * @throws QueryException if there is none
     */
    QueryResult execute(BooleanSupplier abandoned) throws QueryException;

    /** For a caller who will want the result. */
    default QueryResult execute() throws QueryException {
      return execute(() -> false);
    }

    /** Makes {@link #execute} end soon with CANCELED; from any thread, at any time. */
    void cancel();

    /** Releases what the result still holds of the storage. */
    @Override
    void close();
  }
}
