package io.narthex.promql.internal.engine;

/**
 * The settings of an engine.
 *
 * @param lookback in milliseconds
 * @param timeout in milliseconds
 * @param maxConcurrency queries that run at one time
 * @param maxSamples that one query may hold
 * @param maxBytes that one query may hold, beside what it reads
 * @param maxTotalBytes that all queries together may hold
 */
public record EngineOptions(
    long lookback,
    long timeout,
    int maxConcurrency,
    long maxSamples,
    long maxBytes,
    long maxTotalBytes,
    Features features) {

  public static final long DEFAULT_LOOKBACK = 300_000;
  public static final long DEFAULT_TIMEOUT = 120_000;
  public static final int DEFAULT_CONCURRENCY = 20;
  public static final long DEFAULT_SAMPLES = 50_000_000;
}
