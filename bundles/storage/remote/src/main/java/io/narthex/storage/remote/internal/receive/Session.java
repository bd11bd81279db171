package io.narthex.storage.remote.internal.receive;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageException;
import io.narthex.model.Exemplar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request's batch in the storage: what both versions of the protocol do with it. */
final class Session {

  private static final Logger log = LoggerFactory.getLogger(Session.class);
  private static final long MAX_AHEAD_MILLIS = 10 * 60 * 1000;
  private static final String TOO_NEW = "out of bounds: timestamp is too far in the future";

  final Appender appender;

  /** Milliseconds. */
  final long now;

  private final long maxTime;
  private boolean ahead;
  private boolean open = true;

  Session(Storage storage, long now) {
    appender = storage.appender();
    this.now = now;
    maxTime = now + MAX_AHEAD_MILLIS;
  }

  Outcome append(long series, long timestamp, double value) {
    if (timestamp > maxTime) {
      ahead = true;
      return Outcome.OUT_OF_BOUNDS;
    }
    ahead = false;
    return appender.append(series, timestamp, value);
  }

  Outcome append(long series, HistogramDecoder h) {
    if (h.timestamp() > maxTime) {
      ahead = true;
      return Outcome.OUT_OF_BOUNDS;
    }
    ahead = false;
    return h.isFloat()
        ? appender.append(series, h.timestamp(), h.floating())
        : appender.append(series, h.timestamp(), h.integer());
  }

  Outcome append(long series, Exemplar exemplar) {
    if (exemplar.timestamp() > maxTime) {
      ahead = true;
      return Outcome.OUT_OF_BOUNDS;
    }
    ahead = false;
    return appender.appendExemplar(series, exemplar);
  }

  /** Why the last call did not store. */
  String explanation(Outcome outcome) {
    if (ahead) {
      return TOO_NEW;
    }
    String text = appender.explanation();
    return text.isEmpty() ? outcome.text() : text;
  }

  /** Whose fault an outcome is: 400 for the sender's, 503 for a limit, else 500. */
  static int status(Outcome outcome) {
    return switch (outcome) {
      case OUT_OF_ORDER, DUPLICATE, OUT_OF_BOUNDS, TOO_OLD, INVALID -> 400;
      case LIMIT -> 503;
      case STORED, UNKNOWN_SERIES -> 500;
    };
  }

  /** Makes everything durable and visible. */
  void commit() throws StorageException {
    open = false;
    appender.commit();
  }

  /** Drops everything, unless it was committed. */
  void end() {
    if (!open) {
      return;
    }
    open = false;
    try {
      appender.rollback();
    } catch (StorageException e) {
      log.atError().addKeyValue("err", e.getMessage()).log("Rollback of a remote write failed");
    }
  }
}
