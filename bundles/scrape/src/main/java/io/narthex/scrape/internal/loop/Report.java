package io.narthex.scrape.internal.loop;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.MetricMetadata;
import io.narthex.model.MetricType;
import io.narthex.model.StaleMarker;

/**
 * The series that say how a target's scrapes go, {@code up} first. They carry the target's labels,
 * and no relabelling or limit concerns them.
 */
final class Report {

  private static final String[] NAMES = {
    "up",
    "scrape_duration_seconds",
    "scrape_samples_scraped",
    "scrape_samples_post_metric_relabeling",
    "scrape_series_added",
    "scrape_timeout_seconds",
    "scrape_sample_limit",
    "scrape_body_size_bytes"
  };
  private static final String[][] METADATA = {
    {
      "targets",
      "Health of the scrape target. 1 means the target is healthy, 0 if the scrape failed."
    },
    {"seconds", "Duration of the last scrape in seconds."},
    {"samples", "Number of samples last scraped."},
    {"samples", "Number of samples remaining after metric relabeling was applied."},
    {"series", "Number of series in the last scrape."},
    {"seconds", "The configured scrape timeout for a target."},
    {
      "samples",
      "The configured sample limit for a target. Returns zero if there is no limit configured."
    },
    {
      "bytes",
      "The uncompressed size of the last scrape response, if successful. Scrapes failing because"
          + " body_size_limit is exceeded report -1, other scrape failures report 0."
    }
  };
  private static final int USUAL = 5;

  private final Labels target;
  private final int count;
  private final boolean metadata;
  private final long[] refs = new long[NAMES.length];

  /** The values of the next report, in the order of the names. */
  final double[] values = new double[NAMES.length];

  Report(Labels target, boolean extra, boolean metadata) {
    this.target = target;
    this.count = extra ? NAMES.length : USUAL;
    this.metadata = metadata;
  }

  boolean hasExtra() {
    return count > USUAL;
  }

  /** Appends {@link #values}. */
  void append(Appender app, long time) throws ScrapeFailure {
    for (int i = 0; i < count; i++) {
      append(app, i, time, values[i]);
    }
  }

  /** Marks all of them as ended. */
  void appendStale(Appender app, long time) throws ScrapeFailure {
    for (int i = 0; i < count; i++) {
      append(app, i, time, StaleMarker.VALUE);
    }
  }

  private void append(Appender app, int i, long time, double value) throws ScrapeFailure {
    boolean isNew = refs[i] == 0;
    if (isNew) {
      refs[i] = reference(app, i);
      if (refs[i] == 0) {
        return;
      }
    }
    Outcome outcome = app.append(refs[i], time, value);
    if (outcome == Outcome.UNKNOWN_SERIES) {
      isNew = true;
      refs[i] = reference(app, i);
      if (refs[i] == 0) {
        return;
      }
      outcome = app.append(refs[i], time, value);
    }
    switch (outcome) {
      case STORED -> {
        if (isNew && metadata) {
          // Metadata is extra: what the storage says of it does not matter to the report.
          Outcome unused =
              app.updateMetadata(
                  refs[i], new MetricMetadata(MetricType.GAUGE, METADATA[i][0], METADATA[i][1]));
        }
      }
      // Expected when a target goes away and comes back with a new loop; and what the storage has
      // no
      // room for, it says itself.
      case OUT_OF_ORDER, DUPLICATE, LIMIT -> {}
      case UNKNOWN_SERIES, OUT_OF_BOUNDS, TOO_OLD, INVALID -> {
        String why = app.explanation();
        throw new ScrapeFailure(why.isEmpty() ? outcome.text() : why);
      }
    }
  }

  /** The reference of a series; 0 if the storage takes no new one. */
  private long reference(Appender app, int i) throws ScrapeFailure {
    long ref = app.series(new LabelsBuilder(target).set(Labels.NAME, NAMES[i]).build());
    if (ref <= 0) {
      if (app.refusal() == Outcome.LIMIT) {
        return 0;
      }
      throw new ScrapeFailure(app.explanation());
    }
    return ref;
  }
}
