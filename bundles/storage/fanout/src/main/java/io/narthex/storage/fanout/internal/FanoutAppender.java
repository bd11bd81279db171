package io.narthex.storage.fanout.internal;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.StorageException;
import io.narthex.model.Exemplar;
import io.narthex.model.Labels;
import io.narthex.model.MetricMetadata;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends to the local storage, and what that stored to the remote ones. The local storage's word
 * is the caller's: what a remote one refuses is its own affair, and a remote commit that fails is
 * logged.
 */
final class FanoutAppender implements Appender {

  private static final Logger log = LoggerFactory.getLogger(FanoutAppender.class);

  private static final int GENERATION_SHIFT = 40;
  private static final long LOCAL_MASK = (1L << GENERATION_SHIFT) - 1;
  static final int MAX_GENERATION = (1 << 22) - 1;

  private final Appender local;
  private final FanoutStorage.Generation generation;
  private final List<Appender> remotes = new ArrayList<>();

  /**
   * Set instead of the local storage's explanation when the reference is of a generation before.
   */
  private boolean unknown;

  FanoutAppender(Appender local, FanoutStorage.Generation generation) {
    this.local = local;
    this.generation = generation;
    generation.remotes().forEach(r -> remotes.add(r.appender()));
  }

  @Override
  public long series(Labels labels) {
    unknown = false;
    long ref = local.series(labels);
    if (ref == 0) {
      return 0;
    }
    if (ref > LOCAL_MASK) {
      throw new IllegalStateException("local series reference " + ref + " is too large");
    }
    for (int i = 0; i < remotes.size(); i++) {
      RemoteReferences references = generation.references().get(i);
      if (references.get(ref) == 0) {
        references.put(ref, remotes.get(i).series(labels));
      }
    }
    return (long) generation.number() << GENERATION_SHIFT | ref;
  }

  @Override
  public Outcome refusal() {
    return local.refusal();
  }

  @Override
  public void discardOutOfOrder(boolean discard) {
    local.discardOutOfOrder(discard);
    remotes.forEach(r -> r.discardOutOfOrder(discard));
  }

  /** The local reference, 0 if the reference is of another generation. */
  private long localRef(long series) {
    unknown = series >>> GENERATION_SHIFT != generation.number();
    return unknown ? 0 : series & LOCAL_MASK;
  }

  private long remoteRef(int remote, long ref) {
    return generation.references().get(remote).get(ref);
  }

  @Override
  public Outcome append(long series, long timestamp, double value) {
    long ref = localRef(series);
    if (ref == 0) {
      return Outcome.UNKNOWN_SERIES;
    }
    Outcome outcome = local.append(ref, timestamp, value);
    if (outcome == Outcome.STORED) {
      for (int i = 0; i < remotes.size(); i++) {
        remotes.get(i).append(remoteRef(i, ref), timestamp, value);
      }
    }
    return outcome;
  }

  @Override
  public Outcome append(long series, long timestamp, Histogram histogram) {
    long ref = localRef(series);
    if (ref == 0) {
      return Outcome.UNKNOWN_SERIES;
    }
    Outcome outcome = local.append(ref, timestamp, histogram);
    if (outcome == Outcome.STORED) {
      for (int i = 0; i < remotes.size(); i++) {
        remotes.get(i).append(remoteRef(i, ref), timestamp, histogram);
      }
    }
    return outcome;
  }

  @Override
  public Outcome append(long series, long timestamp, FloatHistogram histogram) {
    long ref = localRef(series);
    if (ref == 0) {
      return Outcome.UNKNOWN_SERIES;
    }
    Outcome outcome = local.append(ref, timestamp, histogram);
    if (outcome == Outcome.STORED) {
      for (int i = 0; i < remotes.size(); i++) {
        remotes.get(i).append(remoteRef(i, ref), timestamp, histogram);
      }
    }
    return outcome;
  }

  @Override
  public Outcome appendStartTimestamp(long series, long timestamp, long startTimestamp) {
    long ref = localRef(series);
    if (ref == 0) {
      return Outcome.UNKNOWN_SERIES;
    }
    Outcome outcome = local.appendStartTimestamp(ref, timestamp, startTimestamp);
    if (outcome == Outcome.STORED) {
      for (int i = 0; i < remotes.size(); i++) {
        remotes.get(i).appendStartTimestamp(remoteRef(i, ref), timestamp, startTimestamp);
      }
    }
    return outcome;
  }

  @Override
  public Outcome appendExemplar(long series, Exemplar exemplar) {
    long ref = localRef(series);
    if (ref == 0) {
      return Outcome.UNKNOWN_SERIES;
    }
    Outcome outcome = local.appendExemplar(ref, exemplar);
    if (outcome == Outcome.STORED) {
      for (int i = 0; i < remotes.size(); i++) {
        remotes.get(i).appendExemplar(remoteRef(i, ref), exemplar);
      }
    }
    return outcome;
  }

  @Override
  public Outcome updateMetadata(long series, MetricMetadata metadata) {
    long ref = localRef(series);
    if (ref == 0) {
      return Outcome.UNKNOWN_SERIES;
    }
    Outcome outcome = local.updateMetadata(ref, metadata);
    if (outcome == Outcome.STORED) {
      for (int i = 0; i < remotes.size(); i++) {
        remotes.get(i).updateMetadata(remoteRef(i, ref), metadata);
      }
    }
    return outcome;
  }

  @Override
  public String explanation() {
    return unknown ? Outcome.UNKNOWN_SERIES.text() : local.explanation();
  }

  @Override
  public void commit() throws StorageException {
    try {
      local.commit();
    } catch (StorageException e) {
      rollbackRemotes();
      throw e;
    }
    for (Appender remote : remotes) {
      try {
        remote.commit();
      } catch (StorageException e) {
        log.atWarn().setCause(e).log("Remote storage did not take samples");
      }
    }
  }

  @Override
  public void rollback() throws StorageException {
    try {
      local.rollback();
    } finally {
      rollbackRemotes();
    }
  }

  private void rollbackRemotes() {
    for (Appender remote : remotes) {
      try {
        remote.rollback();
      } catch (StorageException e) {
        log.atWarn().setCause(e).log("Squashed rollback error on rollback");
      }
    }
  }
}
