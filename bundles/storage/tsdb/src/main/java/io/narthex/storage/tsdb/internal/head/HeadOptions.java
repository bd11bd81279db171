package io.narthex.storage.tsdb.internal.head;

/**
 * How a head works.
 *
 * @param chunkRange milliseconds of the smallest block; samples older than half of it, measured
 *     from the newest one, are out of bounds
 * @param samplesPerChunk the target
 * @param metadataRecords whether metadata goes into the log
 * @param maxExemplars how many are kept, 0 for none
 * @param newestBlockEnd the end of the newest block on disk, {@link Long#MIN_VALUE} without blocks
 */
public record HeadOptions(
    long chunkRange,
    int samplesPerChunk,
    boolean metadataRecords,
    int maxExemplars,
    long newestBlockEnd) {

  public static final long DEFAULT_CHUNK_RANGE = 2 * 60 * 60 * 1000L;
  public static final int DEFAULT_SAMPLES_PER_CHUNK = 120;

  public static HeadOptions defaults() {
    return new HeadOptions(
        DEFAULT_CHUNK_RANGE, DEFAULT_SAMPLES_PER_CHUNK, false, 0, Long.MIN_VALUE);
  }
}
