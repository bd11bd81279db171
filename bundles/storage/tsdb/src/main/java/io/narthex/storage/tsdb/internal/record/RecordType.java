package io.narthex.storage.tsdb.internal.record;

/** First bytes of records. */
public final class RecordType {
  public static final int SERIES = 1;
  public static final int SAMPLES = 2;
  public static final int TOMBSTONES = 3;
  public static final int EXEMPLARS = 4;
  public static final int MMAP_MARKERS = 5;
  public static final int METADATA = 6;
  public static final int HISTOGRAMS = 7;
  public static final int FLOAT_HISTOGRAMS = 8;
  public static final int CUSTOM_BUCKETS_HISTOGRAMS = 9;
  public static final int CUSTOM_BUCKETS_FLOAT_HISTOGRAMS = 10;
  public static final int SAMPLES_V2 = 11;
  public static final int HISTOGRAMS_V2 = 12;
  public static final int FLOAT_HISTOGRAMS_V2 = 13;

  private RecordType() {}
}
