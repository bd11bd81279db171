package io.narthex.api.exposition;

/**
 * How bodies are read.
 *
 * @param startTimestamps whether {@code _created} lines are taken as start timestamps
 * @param nativeHistograms whether native histograms are given as such; otherwise only what a
 *     classic histogram would have of them
 * @param customBuckets whether classic histograms become native ones with custom buckets
 * @param classicHistograms whether classic histograms are given also where there is a native one
 */
public record ReaderOptions(
    boolean startTimestamps,
    boolean nativeHistograms,
    boolean customBuckets,
    boolean classicHistograms) {

  /** Float samples as they are exposed. */
  public static final ReaderOptions PLAIN = new ReaderOptions(false, false, false, false);

  public ReaderOptions withStartTimestamps(boolean on) {
    return new ReaderOptions(on, nativeHistograms, customBuckets, classicHistograms);
  }
}
