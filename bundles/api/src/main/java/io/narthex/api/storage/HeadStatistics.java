package io.narthex.api.storage;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Figures of the database's head, as {@code /api/v1/status/tsdb} shows them. */
@ProviderType
public interface HeadStatistics {

  /** A name and how much of something it has. */
  record Count(String name, long value) {}

  /**
   * @param minTime milliseconds, {@link Long#MAX_VALUE} while empty
   * @param maxTime milliseconds, {@link Long#MIN_VALUE} while empty
   */
  record Statistics(
      long numSeries,
      long chunkCount,
      long minTime,
      long maxTime,
      int numLabelPairs,
      List<Count> seriesCountByMetricName,
      List<Count> labelValueCountByLabelName,
      List<Count> memoryInBytesByLabelName,
      List<Count> seriesCountByLabelValuePair) {}

  /** The largest {@code limit} of each list. */
  Statistics statistics(int limit);

  /** How far replaying the write-ahead log has come: segments. */
  record ReplayProgress(int min, int max, int current) {}

  ReplayProgress replayProgress();
}
