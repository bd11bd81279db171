package io.narthex.storage.remote.internal.receive;

import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageException;
import io.narthex.model.Exemplar;
import io.narthex.model.Labels;
import io.narthex.storage.remote.internal.series.Fingerprint;
import io.narthex.storage.remote.internal.series.SeriesReferences;
import io.narthex.storage.remote.internal.wire.MalformedMessageException;
import io.narthex.storage.remote.internal.wire.MessageCheck;
import io.narthex.storage.remote.internal.wire.Shapes;
import io.narthex.storage.remote.internal.wire.Wire;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes remote write 1.0: all of a message or nothing. The bytes are walked in place. A series is
 * known by the fingerprint of the run of bytes that holds its labels, so that only a new one costs
 * strings; before the first new one the whole message is checked, so that what is cut leaves
 * nothing behind.
 */
final class Writer1 implements SeriesWriter {

  private static final Logger log = LoggerFactory.getLogger(Writer1.class);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Tells the fingerprints of label bytes from others. */
  private static final int KIND = 1;

  private static final int TIMESERIES = 1 << 3 | Wire.BYTES;
  private static final int LABEL = 1 << 3 | Wire.BYTES;
  private static final int SAMPLE = 2 << 3 | Wire.BYTES;
  private static final int EXEMPLAR = 3 << 3 | Wire.BYTES;
  private static final int HISTOGRAM = 4 << 3 | Wire.BYTES;
  private static final int VALUE = 1 << 3 | Wire.FIXED64;
  private static final int TIMESTAMP = 2 << 3;

  private final SeriesReferences references;
  private final ReceiverMetrics metrics;
  private final Fingerprint fingerprint;
  private final MessageCheck check = new MessageCheck();
  private final Wire wire = new Wire();
  private final Wire inner = new Wire();
  private final LabelSet labels = new LabelSet();
  private final HistogramDecoder histogram = new HistogramDecoder();

  private @Nullable Session session;
  private byte[] data = new byte[0];
  private int length;
  private boolean checked;
  private int invalid;
  private int exemplarsOutOfOrder;

  /** Why series were refused that the storage has no room for, empty if none was. */
  private String limit = "";

  /** Samples and histograms of the request so far, stored or not. */
  private long samples;

  /** Where the current series' label bytes are. */
  private byte[] labelBytes = new byte[0];

  private int labelsFrom;
  private int labelsTo;
  private byte[] gathered = new byte[256];

  Writer1(Fingerprint.Keys keys, SeriesReferences references, ReceiverMetrics metrics) {
    this.references = references;
    this.metrics = metrics;
    fingerprint = new Fingerprint(keys);
  }

  @Override
  public Answer write(Storage storage, byte[] bytes, int size, ByteBudget.Share share, long now) {
    data = bytes;
    length = size;
    checked = false;
    invalid = 0;
    exemplarsOutOfOrder = 0;
    samples = 0;
    limit = "";
    Session s = new Session(storage, now);
    session = s;
    try {
      try {
        series();
      } catch (RefusedException e) {
        // The reference decodes everything first: what can't be decoded is what it complains of.
        checkAll();
        return Answer.of(e.status, e.text());
      }
      log();
      s.commit();
      return limit.isEmpty() ? Answer.of(204, "") : Answer.of(400, limit);
    } catch (MalformedMessageException e) {
      return Answer.of(400, e.getMessage());
    } catch (StorageException e) {
      metrics.withoutMetadata.add(samples);
      return Answer.of(
          e.kind() == StorageException.Kind.LIMIT ? 503 : 500, String.valueOf(e.getMessage()));
    } finally {
      s.end();
    }
  }

  private Session session() {
    Session s = session;
    if (s == null) {
      throw new IllegalStateException("no request");
    }
    return s;
  }

  private void log() {
    if (exemplarsOutOfOrder > 0) {
      log.atWarn()
          .addKeyValue("num_dropped", exemplarsOutOfOrder)
          .log("Error on ingesting out-of-order exemplars");
    }
    if (invalid > 0) {
      metrics.invalidLabels.add(invalid);
    }
  }

  private void checkAll() throws MalformedMessageException {
    if (!checked) {
      check.check(Shapes.WRITE_REQUEST_1, data, 0, length);
      checked = true;
    }
  }

  private void series() throws MalformedMessageException, RefusedException {
    Wire w = wire;
    w.reset(data, 0, length);
    try {
      while (!w.atEnd()) {
        long tag = w.varint();
        if (tag == TIMESERIES) {
          int to = w.lengthEnd();
          oneSeries(w.pos, to);
          w.pos = to;
        } else {
          // Metadata, or something unknown or wrong: none of it is on the usual path.
          checkAll();
          w.skip((int) tag);
        }
      }
    } catch (MalformedMessageException e) {
      checkAll();
      throw e;
    }
  }

  private void oneSeries(int from, int to) throws MalformedMessageException, RefusedException {
    byte[] d = data;
    Wire w = inner;
    int p = from;
    while (p < to && d[p] == LABEL) {
      byte n = p + 1 < to ? d[p + 1] : -1;
      if (n >= 0 && n <= to - p - 2) {
        p += n + 2;
      } else {
        w.reset(d, p + 1, to);
        p = w.lengthEnd();
      }
    }
    labelBytes = d;
    labelsFrom = from;
    labelsTo = p;
    w.reset(d, p, to);
    boolean scattered = false;
    int firstSample = -1;
    int firstExemplar = -1;
    int firstHistogram = -1;
    while (!w.atEnd()) {
      int at = w.pos;
      long tag = w.varint();
      if (tag == SAMPLE) {
        firstSample = firstSample < 0 ? at : firstSample;
        w.pos = w.lengthEnd();
      } else if (tag == EXEMPLAR) {
        firstExemplar = firstExemplar < 0 ? at : firstExemplar;
        w.pos = w.lengthEnd();
      } else if (tag == HISTOGRAM) {
        firstHistogram = firstHistogram < 0 ? at : firstHistogram;
        w.pos = w.lengthEnd();
      } else if (tag == LABEL) {
        scattered = true;
        w.pos = w.lengthEnd();
      } else {
        checkAll();
        w.skip((int) tag);
      }
    }
    if (scattered) {
      gather(from, to);
    }
    boolean empty = firstSample < 0 && firstExemplar < 0 && firstHistogram < 0;
    long ref = reference(empty);
    if (ref == 0) {
      return;
    }
    if (firstSample >= 0) {
      ref = samples(ref, firstSample, to);
    }
    if (firstExemplar >= 0 && ref != 0) {
      exemplars(ref, firstExemplar, to);
    }
    if (firstHistogram >= 0 && ref != 0) {
      histograms(ref, firstHistogram, to);
    }
  }

  /** Copies the label fields of a series together between which there are others. */
  private void gather(int from, int to) throws MalformedMessageException {
    Wire w = inner;
    w.reset(data, from, to);
    int n = 0;
    while (!w.atEnd()) {
      int at = w.pos;
      long tag = w.varint();
      w.skip((int) tag);
      if (tag == LABEL) {
        int size = w.pos - at;
        if (gathered.length - Fingerprint.SLACK < n + size) {
          gathered = Arrays.copyOf(gathered, (n + size) * 2 + Fingerprint.SLACK);
        }
        System.arraycopy(data, at, gathered, n, size);
        n += size;
      }
    }
    labelBytes = gathered;
    labelsFrom = 0;
    labelsTo = n;
  }

  /**
   * The reference of the current series, 0 if it is to be skipped.
   *
   * @param empty whether it has nothing to be stored; then it is only checked
   */
  private long reference(boolean empty) throws MalformedMessageException, RefusedException {
    fingerprint.hash(labelBytes, labelsFrom, labelsTo, KIND);
    long ref = references.find(fingerprint.a, fingerprint.b);
    return ref != 0 ? ref : resolve(empty);
  }

  private long resolve(boolean empty) throws MalformedMessageException, RefusedException {
    checkAll();
    Labels set = decodeLabels(inner, labelBytes, labelsFrom, labelsTo, true);
    if (!labels.isValid()) {
      log.atWarn().addKeyValue("got", labels.asGiven()).log("Invalid metric names or labels");
      invalid++;
      return 0;
    }
    if (labels.duplicate() != null) {
      log.atWarn()
          .addKeyValue("labels", labels.asGiven())
          .addKeyValue("duplicated_label", labels.duplicate())
          .log("Invalid labels for series.");
      invalid++;
      return 0;
    }
    if (empty) {
      return 0;
    }
    long ref = session().appender.series(set);
    if (ref <= 0) {
      // A limit on series: those that are there go on.
      limit = session().appender.explanation();
      return 0;
    }
    references.put(fingerprint.a, fingerprint.b, ref, session().now);
    return ref;
  }

  /** The labels of consecutive label fields; with {@code only}, all fields are labels. */
  private Labels decodeLabels(Wire w, byte[] bytes, int from, int to, boolean only)
      throws MalformedMessageException, RefusedException {
    labels.clear();
    w.reset(bytes, from, to);
    while (!w.atEnd()) {
      int tag = (int) w.varint();
      if (tag != LABEL) {
        if (only) {
          throw new IllegalStateException("a label was expected, not " + tag);
        }
        w.skip(tag);
        continue;
      }
      int end = w.lengthEnd();
      w.end = end;
      label(w, bytes);
      w.end = to;
    }
    return labels.build();
  }

  /** One label; of a name or value that is there twice, the last one counts. */
  private void label(Wire w, byte[] bytes) throws MalformedMessageException, RefusedException {
    int nameFrom = 0;
    int nameTo = 0;
    int valueFrom = 0;
    int valueTo = 0;
    while (!w.atEnd()) {
      int field = (int) w.varint();
      if (field == (1 << 3 | Wire.BYTES)) {
        nameTo = w.lengthEnd();
        nameFrom = w.pos;
        w.pos = nameTo;
      } else if (field == (2 << 3 | Wire.BYTES)) {
        valueTo = w.lengthEnd();
        valueFrom = w.pos;
        w.pos = valueTo;
      } else {
        w.skip(field);
      }
    }
    labels.add(labels.text(bytes, nameFrom, nameTo), labels.text(bytes, valueFrom, valueTo));
  }

  /** Appends the float samples; gives the reference as it is now, 0 if the series is refused. */
  private long samples(long reference, int from, int to)
      throws MalformedMessageException, RefusedException {
    long ref = reference;
    byte[] d = data;
    Wire w = inner;
    w.reset(d, from, to);
    while (!w.atEnd()) {
      int tag = (int) w.varint();
      if (tag != SAMPLE) {
        w.skip(tag);
        continue;
      }
      int end = w.lengthEnd();
      int p = w.pos;
      long bits = 0;
      long timestamp = 0;
      w.end = end;
      if (end - p > 10 && d[p] == VALUE && d[p + 9] == TIMESTAMP) {
        bits = (long) LONG.get(d, p + 1);
        w.pos = p + 10;
        timestamp = w.varint();
      }
      while (!w.atEnd()) {
        int field = (int) w.varint();
        if (field == VALUE) {
          bits = w.fixed64();
        } else if (field == TIMESTAMP) {
          timestamp = w.varint();
        } else {
          checkAll();
          w.skip(field);
        }
      }
      w.end = to;
      samples++;
      double value = Double.longBitsToDouble(bits);
      Outcome outcome = session().append(ref, timestamp, value);
      if (outcome != Outcome.STORED) {
        if (outcome == Outcome.UNKNOWN_SERIES) {
          int at = w.pos;
          ref = resolve(false);
          if (ref == 0) {
            return 0;
          }
          w.reset(d, at, to);
          outcome = session().append(ref, timestamp, value);
        }
        stored(outcome, timestamp);
      }
    }
    return ref;
  }

  private void histograms(long reference, int from, int to)
      throws MalformedMessageException, RefusedException {
    checkAll();
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
      samples++;
      Outcome outcome = session().append(ref, histogram);
      if (outcome == Outcome.UNKNOWN_SERIES) {
        int at = w.pos;
        ref = resolve(false);
        if (ref == 0) {
          return;
        }
        w.reset(data, at, to);
        outcome = session().append(ref, histogram);
      }
      stored(outcome, histogram.timestamp());
    }
  }

  /** Ends the request if a sample was not stored. */
  private void stored(Outcome outcome, long timestamp)
      throws MalformedMessageException, RefusedException {
    if (outcome == Outcome.STORED) {
      return;
    }
    String text = session().explanation(outcome);
    int status = Session.status(outcome);
    checkAll();
    log.atError()
        .addKeyValue("err", text)
        .addKeyValue("series", decodeLabels(inner, labelBytes, labelsFrom, labelsTo, true))
        .addKeyValue("timestamp", timestamp)
        .log(
            status == 400
                ? "Out of order sample from remote write"
                : "Error while remote writing the v1 request");
    throw new RefusedException(status, text);
  }

  private void exemplars(long ref, int from, int to)
      throws MalformedMessageException, RefusedException {
    checkAll();
    Wire w = new Wire();
    w.reset(data, from, to);
    while (!w.atEnd()) {
      int tag = (int) w.varint();
      if (tag != EXEMPLAR) {
        w.skip(tag);
        continue;
      }
      int end = w.lengthEnd();
      exemplar(ref, w.pos, end);
      w.pos = end;
    }
  }

  private void exemplar(long ref, int from, int to)
      throws MalformedMessageException, RefusedException {
    Labels set = decodeLabels(inner, data, from, to, false);
    double value = 0;
    long timestamp = 0;
    Wire w = inner;
    w.reset(data, from, to);
    while (!w.atEnd()) {
      int tag = (int) w.varint();
      switch (tag >>> 3) {
        case 2 -> value = Double.longBitsToDouble(w.fixed64());
        case 3 -> timestamp = w.varint();
        default -> w.skip(tag);
      }
    }
    Outcome outcome = session().append(ref, new Exemplar(set, value, timestamp, timestamp != 0));
    if (outcome == Outcome.OUT_OF_ORDER) {
      exemplarsOutOfOrder++;
      log.atDebug().addKeyValue("exemplar", set).log("Out of order exemplar");
    } else if (outcome != Outcome.STORED) {
      log.atDebug()
          .addKeyValue("exemplar", set)
          .addKeyValue("err", session().explanation(outcome))
          .log("Error while adding exemplar in AppendExemplar");
    }
  }
}
