package io.narthex.storage.remote.internal.receive;

import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageException;
import io.narthex.model.Exemplar;
import io.narthex.model.Labels;
import io.narthex.model.MetricMetadata;
import io.narthex.model.MetricType;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.storage.remote.internal.series.Fingerprint;
import io.narthex.storage.remote.internal.series.SeriesReferences;
import io.narthex.storage.remote.internal.wire.MalformedMessageException;
import io.narthex.storage.remote.internal.wire.MessageCheck;
import io.narthex.storage.remote.internal.wire.Shapes;
import io.narthex.storage.remote.internal.wire.Wire;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes remote write 2.0: what is good of a message is stored, and what is not is told. The
 * message is checked as a whole first, as the table of symbols has to be found anyway.
 */
final class Writer2 implements SeriesWriter {

  private static final Logger log = LoggerFactory.getLogger(Writer2.class);
  private static final int MAX_LOGGED = 10;

  private static final int TIMESERIES = 5 << 3 | Wire.BYTES;
  private static final int SAMPLE = 2 << 3 | Wire.BYTES;
  private static final int HISTOGRAM = 3 << 3 | Wire.BYTES;
  private static final int EXEMPLAR = 4 << 3 | Wire.BYTES;
  private static final int METADATA = 5 << 3 | Wire.BYTES;
  private static final int CREATED = 6 << 3;
  private static final MetricType[] TYPES = {
    MetricType.UNKNOWN,
    MetricType.COUNTER,
    MetricType.GAUGE,
    MetricType.HISTOGRAM,
    MetricType.GAUGEHISTOGRAM,
    MetricType.SUMMARY,
    MetricType.INFO,
    MetricType.STATESET
  };

  private final SeriesReferences references;
  private final ReceiverMetrics metrics;
  private final ReceiverOptions options;
  private final Fingerprint fingerprint;
  private final Symbols symbols;
  private final LabelSet labels = new LabelSet();
  private final References refs;
  private final References exemplarRefs;
  private final MessageCheck check = new MessageCheck();
  private final Wire wire = new Wire();
  private final Wire inner = new Wire();
  private final HistogramDecoder histogram = new HistogramDecoder();
  private final Problems problems = new Problems();

  private @Nullable Session session;
  private byte[] data = new byte[0];
  private long samples;
  private long histograms;
  private long exemplars;
  private long withoutMetadata;
  private long invalid;
  private int exemplarsOutOfOrder;
  private int refused;

  /** Of the current series. */
  private long created;

  private long metadataType;
  private long metadataHelp;
  private long metadataUnit;

  Writer2(
      Fingerprint.Keys keys,
      SeriesReferences references,
      ReceiverMetrics metrics,
      ReceiverOptions options) {
    this.references = references;
    this.metrics = metrics;
    this.options = options;
    fingerprint = new Fingerprint(keys);
    symbols = new Symbols(fingerprint);
    refs = new References(symbols, labels);
    exemplarRefs = new References(symbols, labels);
  }

  @Override
  public Answer write(Storage storage, byte[] bytes, int length, ByteBudget.Share share, long now)
      throws RefusedException {
    data = bytes;
    clear();
    try {
      check.check(Shapes.WRITE_REQUEST_2, bytes, 0, length);
      symbols.read(bytes, length, share);
    } catch (MalformedMessageException e) {
      log.atError()
          .addKeyValue("err", e.getMessage())
          .log("Error decoding v2 remote write request");
      return Answer.of(400, e.getMessage());
    }
    Session s = new Session(storage, now);
    session = s;
    try {
      series(length);
      count();
      s.commit();
      metrics.withoutMetadata.add(withoutMetadata);
      Answer.Written written = new Answer.Written(samples, histograms, exemplars);
      return problems.isEmpty()
          ? new Answer(204, "", written)
          : new Answer(400, problems.toString(), written);
    } catch (RefusedException e) {
      return failed(e.status, e.text());
    } catch (MalformedMessageException e) {
      throw new IllegalStateException("a message that was checked is malformed", e);
    } catch (StorageException e) {
      return failed(
          e.kind() == StorageException.Kind.LIMIT ? 503 : 500, String.valueOf(e.getMessage()));
    } finally {
      s.end();
    }
  }

  private static Answer failed(int status, String text) {
    if (status >= 500) {
      log.atError().addKeyValue("err", text).log("Error while remote writing the v2 request");
    }
    return new Answer(status, text, Answer.Written.NOTHING);
  }

  private void clear() {
    samples = 0;
    histograms = 0;
    exemplars = 0;
    withoutMetadata = 0;
    invalid = 0;
    exemplarsOutOfOrder = 0;
    refused = 0;
    problems.clear();
  }

  private void count() {
    if (exemplarsOutOfOrder > 0) {
      log.atWarn()
          .addKeyValue("num_dropped", exemplarsOutOfOrder)
          .log("Error on ingesting out-of-order exemplars");
    }
    if (refused > MAX_LOGGED) {
      log.atWarn()
          .addKeyValue("num_dropped", refused - MAX_LOGGED)
          .log("More samples of a remote write were refused");
    }
    metrics.invalidLabels.add(invalid);
  }

  private Session session() {
    Session s = session;
    if (s == null) {
      throw new IllegalStateException("no request");
    }
    return s;
  }

  private void series(int length) throws MalformedMessageException, RefusedException {
    Wire w = wire;
    w.reset(data, 0, length);
    while (!w.atEnd()) {
      long tag = w.varint();
      if (tag == TIMESERIES) {
        int to = w.lengthEnd();
        oneSeries(w.pos, to);
        w.pos = to;
      } else {
        w.skip((int) tag);
      }
    }
  }

  private void oneSeries(int from, int to) throws MalformedMessageException, RefusedException {
    int sampleFields = 0;
    int histogramFields = 0;
    int exemplarFields = 0;
    created = 0;
    metadataType = 0;
    metadataHelp = 0;
    metadataUnit = 0;
    refs.clear();
    Wire w = inner;
    w.reset(data, from, to);
    while (!w.atEnd()) {
      long tag = w.varint();
      if (tag == SAMPLE) {
        sampleFields++;
        w.pos = w.lengthEnd();
      } else if (tag >>> 3 == 1) {
        refs.read(w, (int) tag & 7);
      } else if (tag == HISTOGRAM) {
        histogramFields++;
        w.pos = w.lengthEnd();
      } else if (tag == EXEMPLAR) {
        exemplarFields++;
        w.pos = w.lengthEnd();
      } else if (tag == METADATA) {
        readMetadata(w);
      } else if (tag == CREATED) {
        created = w.varint();
      } else {
        w.skip((int) tag);
      }
    }
    long ref = reference(sampleFields + histogramFields);
    if (ref == 0) {
      return;
    }
    long before = samples + histograms;
    if (sampleFields > 0) {
      ref = samples(ref, from, to);
    }
    if (histogramFields > 0 && ref != 0) {
      ref = histograms(ref, from, to);
    }
    if (exemplarFields > 0 && ref != 0) {
      exemplars(ref, from, to);
    }
    if (ref != 0) {
      metadata(ref, samples + histograms - before);
    }
  }

  private void readMetadata(Wire w) throws MalformedMessageException {
    int outer = w.end;
    w.end = w.lengthEnd();
    while (!w.atEnd()) {
      int tag = (int) w.varint();
      switch (tag >>> 3) {
        case 1 -> metadataType = w.varint();
        case 3 -> metadataHelp = w.varint() & 0xFFFFFFFFL;
        case 4 -> metadataUnit = w.varint() & 0xFFFFFFFFL;
        default -> w.skip(tag);
      }
    }
    w.end = outer;
  }

  /** The reference of the current series, 0 if nothing of it can be stored. */
  private long reference(int values) throws RefusedException {
    String problem = refs.problem();
    if (problem != null) {
      problems.add("parsing labels for series " + refs + ": " + problem);
      invalid += values;
      return 0;
    }
    refs.hash(fingerprint);
    long a = fingerprint.a;
    long b = fingerprint.b;
    long ref = values == 0 ? 0 : references.find(a, b);
    if (ref != 0) {
      return ref;
    }
    Labels set = refs.labels();
    if (!labels.isValid()) {
      problems.add("invalid metric name or labels, got " + labels.asGiven());
      invalid += values;
      return 0;
    }
    if (labels.duplicate() != null) {
      problems.add(
          "invalid labels for series, labels "
              + labels.asGiven()
              + ", duplicated label "
              + labels.duplicate());
      invalid += values;
      return 0;
    }
    if (values == 0) {
      problems.add(
          "TimeSeries must contain at least one sample or histogram for series "
              + labels.asGiven());
      return 0;
    }
    ref = session().appender.series(set);
    if (ref <= 0) {
      problems.add(session().appender.explanation() + " for series " + labels.asGiven());
      return 0;
    }
    references.put(a, b, ref, session().now);
    return ref;
  }

  private long samples(long reference, int from, int to)
      throws MalformedMessageException, RefusedException {
    long ref = reference;
    boolean first = true;
    Wire w = inner;
    w.reset(data, from, to);
    while (!w.atEnd()) {
      int tag = (int) w.varint();
      if (tag != SAMPLE) {
        w.skip(tag);
        continue;
      }
      w.end = w.lengthEnd();
      long bits = 0;
      long timestamp = 0;
      while (!w.atEnd()) {
        int field = (int) w.varint();
        switch (field >>> 3) {
          case 1 -> bits = w.fixed64();
          case 2 -> timestamp = w.varint();
          default -> w.skip(field);
        }
      }
      w.end = to;
      if (first && options.startTimestamps() && created != 0 && timestamp != 0) {
        startTimestamp(ref, timestamp);
      }
      first = false;
      double value = Double.longBitsToDouble(bits);
      Outcome outcome = session().append(ref, timestamp, value);
      if (outcome == Outcome.UNKNOWN_SERIES) {
        ref = again();
        if (ref == 0) {
          return 0;
        }
        outcome = session().append(ref, timestamp, value);
      }
      if (outcome == Outcome.STORED) {
        samples++;
      } else {
        refused(outcome, timestamp, "Out of order sample from remote write");
      }
    }
    return ref;
  }

  /** The reference of a series that the storage has forgotten meanwhile. */
  private long again() throws RefusedException {
    refs.hash(fingerprint);
    long a = fingerprint.a;
    long b = fingerprint.b;
    Labels set = refs.labels();
    long ref = session().appender.series(set);
    if (ref <= 0) {
      problems.add(session().appender.explanation() + " for series " + labels.asGiven());
      return 0;
    }
    references.put(a, b, ref, session().now);
    return ref;
  }

  private void startTimestamp(long ref, long timestamp) {
    Outcome outcome = session().appender.appendStartTimestamp(ref, timestamp, created);
    if (outcome != Outcome.STORED && outcome != Outcome.OUT_OF_ORDER) {
      log.atDebug()
          .addKeyValue("err", session().explanation(outcome))
          .addKeyValue("created_timestamp", created)
          .addKeyValue("timestamp", timestamp)
          .log("Error when appending CT in remote write request");
    }
  }

  private long histograms(long reference, int from, int to)
      throws MalformedMessageException, RefusedException {
    long ref = reference;
    Wire w = inner;
    w.reset(data, from, to);
    while (!w.atEnd()) {
      int tag = (int) w.varint();
      if (tag != HISTOGRAM) {
        w.skip(tag);
        continue;
      }
      w.end = w.lengthEnd();
      histogram.decode(w);
      w.end = to;
      if (options.startTimestamps() && created != 0 && created < histogram.timestamp()) {
        zeroHistogram(ref);
      }
      Outcome outcome = session().append(ref, histogram);
      if (outcome == Outcome.UNKNOWN_SERIES) {
        ref = again();
        if (ref == 0) {
          return 0;
        }
        outcome = session().append(ref, histogram);
      }
      if (outcome == Outcome.STORED) {
        histograms++;
      } else {
        refused(
            outcome,
            histogram.timestamp(),
            outcome == Outcome.INVALID
                ? "Histogram validation error"
                : "Out of order histogram from remote write");
      }
    }
    return ref;
  }

  /** An empty histogram at the time of creation, which is a reset. */
  private void zeroHistogram(long ref) {
    Outcome outcome;
    if (histogram.isFloat()) {
      FloatHistogram h = histogram.floating();
      outcome =
          session()
              .appender
              .append(
                  ref,
                  created,
                  new FloatHistogram(
                      CounterResetHint.RESET,
                      h.schema(),
                      h.zeroThreshold(),
                      0,
                      0,
                      0,
                      new int[0],
                      new int[0],
                      new double[0],
                      new double[0],
                      h.customValues()));
    } else {
      Histogram h = histogram.integer();
      outcome =
          session()
              .appender
              .append(
                  ref,
                  created,
                  new Histogram(
                      CounterResetHint.RESET,
                      h.schema(),
                      h.zeroThreshold(),
                      0,
                      0,
                      0,
                      new int[0],
                      new int[0],
                      new long[0],
                      new long[0],
                      h.customValues()));
    }
    if (outcome != Outcome.STORED && outcome != Outcome.OUT_OF_ORDER) {
      log.atDebug()
          .addKeyValue("err", session().explanation(outcome))
          .addKeyValue("created_timestamp", created)
          .log("Error when appending CT in remote write request");
    }
  }

  private void refused(Outcome outcome, long timestamp, String message) throws RefusedException {
    String text = session().explanation(outcome);
    int status = Session.status(outcome);
    if (status != 400) {
      throw new RefusedException(status, text);
    }
    Labels series = refs.labels();
    if (refused++ < MAX_LOGGED) {
      log.atError()
          .addKeyValue("err", text)
          .addKeyValue("series", series)
          .addKeyValue("timestamp", timestamp)
          .log(message);
    }
    problems.add(text + " for series " + labels.asGiven());
  }

  private void exemplars(long ref, int from, int to)
      throws MalformedMessageException, RefusedException {
    Wire w = inner;
    w.reset(data, from, to);
    while (!w.atEnd()) {
      int tag = (int) w.varint();
      if (tag != EXEMPLAR) {
        w.skip(tag);
        continue;
      }
      w.end = w.lengthEnd();
      exemplar(ref, w);
      w.end = to;
    }
  }

  private void exemplar(long ref, Wire w) throws MalformedMessageException, RefusedException {
    double value = 0;
    long timestamp = 0;
    exemplarRefs.clear();
    while (!w.atEnd()) {
      int tag = (int) w.varint();
      switch (tag >>> 3) {
        case 1 -> exemplarRefs.read(w, tag & 7);
        case 2 -> value = Double.longBitsToDouble(w.fixed64());
        case 3 -> timestamp = w.varint();
        default -> w.skip(tag);
      }
    }
    String problem = exemplarRefs.problem();
    if (problem != null) {
      Labels unused = refs.labels();
      problems.add("parsing exemplar for series " + labels.asGiven() + ": " + problem);
      return;
    }
    Exemplar exemplar = new Exemplar(exemplarRefs.labels(), value, timestamp, timestamp != 0);
    Outcome outcome = session().append(ref, exemplar);
    if (outcome == Outcome.STORED) {
      exemplars++;
    } else if (outcome == Outcome.OUT_OF_ORDER) {
      exemplarsOutOfOrder++;
      Labels unused = refs.labels();
      problems.add(session().explanation(outcome) + " for series " + labels.asGiven());
    } else {
      log.atError()
          .addKeyValue("err", session().explanation(outcome))
          .addKeyValue("exemplar", exemplar)
          .log("failed to ingest exemplar, emitting error log, but no error for PRW caller");
    }
  }

  private void metadata(long ref, long stored) throws RefusedException {
    if (!symbols.has(metadataHelp) || !symbols.has(metadataUnit)) {
      if (metadataHelp != 0 || metadataUnit != 0) {
        Labels unused = refs.labels();
        problems.add(
            String.format(
                Locale.ROOT,
                "parsing metadata for series %s: metadata references %d (help), %d (unit) outside"
                    + " of symbols table (size %d)",
                labels.asGiven(),
                metadataHelp,
                metadataUnit,
                symbols.size()));
      }
      withoutMetadata += stored;
      return;
    }
    String help = symbols.text((int) metadataHelp);
    String unit = symbols.text((int) metadataUnit);
    MetricType type =
        metadataType >= 0 && metadataType < TYPES.length
            ? TYPES[(int) metadataType]
            : MetricType.UNKNOWN;
    if (type == MetricType.UNKNOWN && help.isEmpty() && unit.isEmpty()) {
      withoutMetadata += stored;
    } else if (options.metadata()) {
      Outcome outcome =
          session().appender.updateMetadata(ref, new MetricMetadata(type, unit, help));
      if (outcome != Outcome.STORED) {
        log.atDebug()
            .addKeyValue("err", session().explanation(outcome))
            .log("error while updating metadata from remote write");
        withoutMetadata += stored;
      }
    }
  }
}
