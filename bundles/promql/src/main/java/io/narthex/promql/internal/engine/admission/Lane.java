package io.narthex.promql.internal.engine.admission;

/**
 * One of the ways in: rules have one, everybody else another, and none takes places or helpers from
 * the other.
 *
 * @param workers that help the lane's big queries
 */
public record Lane(QueryPlaces places, WorkerPool workers) implements AutoCloseable {

  @Override
  public void close() {
    workers.close();
  }
}
