package io.narthex.storage.tsdb.internal.head;

import io.narthex.model.Labels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a head takes now: new series up to the budgets, and series and samples as long as there is
 * space. Counts of series are those of the index, so nothing is counted twice. Costs a sample
 * nothing, an appender a look at one field, a new series three look-ups.
 */
public final class Ingestion {

  /** What is taken, by the space that is left. */
  public enum State {
    ALL,
    NO_NEW_SERIES,
    NO_SAMPLES
  }

  /** Why a series was refused. */
  public enum Refusal {
    SERVER,
    JOB,
    METRIC,
    SPACE
  }

  private static final byte[] NAME = Labels.NAME.getBytes(StandardCharsets.UTF_8);
  private static final byte[] JOB = "job".getBytes(StandardCharsets.UTF_8);
  private static final int MAX_CAUSES = 16;

  private final LongAdder[] refused = new LongAdder[Refusal.values().length];
  public final LongAdder samplesRefused = new LongAdder();
  private volatile Supplier<Limits> limits = () -> Limits.DEFAULT;
  private volatile State state = State.ALL;
  private volatile Runnable whenFull = () -> {};

  Ingestion() {
    for (int i = 0; i < refused.length; i++) {
      refused[i] = new LongAdder();
    }
  }

  /** Sets where the limits come from; they are asked for with each new series. */
  public void limitBy(Supplier<Limits> source) {
    limits = source;
  }

  public Limits limits() {
    return limits.get();
  }

  public long refused(Refusal why) {
    return refused[why.ordinal()].sum();
  }

  public State state() {
    return state;
  }

  public void setState(State next) {
    state = next;
  }

  boolean takesSamples() {
    return state != State.NO_SAMPLES;
  }

  /** Sets what is told when a write finds no space. */
  public void whenFull(Runnable listener) {
    whenFull = listener;
  }

  /** Tells of a write that failed: who watches the space is told if it was for want of that. */
  void failed(IOException failure) {
    if (isFull(failure)) {
      whenFull.run();
    }
  }

  /** Whether a failure is for want of space, in the words of the operating system. */
  private static boolean isFull(Throwable failure) {
    Throwable t = failure;
    for (int i = 0; t != null && i < MAX_CAUSES; i++, t = t.getCause()) {
      String message = t.getMessage();
      if (message != null
          && (message.contains("No space left on device")
              || message.contains("Disk quota exceeded"))) {
        return true;
      }
    }
    return false;
  }

  /** Why a series that is not there may not be made, null if it may; under the series lock. */
  @Nullable Refusal refuse(Head head, LabelBytes labels) {
    Refusal why = check(head, labels);
    if (why != null) {
      refused[why.ordinal()].increment();
    }
    return why;
  }

  private @Nullable Refusal check(Head head, LabelBytes labels) {
    if (state != State.ALL) {
      return Refusal.SPACE;
    }
    Limits max = limits.get();
    if (max.series() > 0 && head.seriesCount() >= max.series()) {
      return Refusal.SERVER;
    }
    if (max.seriesPerJob() > 0 && count(head, labels, JOB) >= max.seriesPerJob()) {
      return Refusal.JOB;
    }
    if (max.seriesPerMetric() > 0 && count(head, labels, NAME) >= max.seriesPerMetric()) {
      return Refusal.METRIC;
    }
    return null;
  }

  /** The series that have the same value of a label; -1 if these labels do not have it. */
  private static int count(Head head, LabelBytes labels, byte[] name) {
    int i = labels.find(name);
    LabelName label = i < 0 ? null : head.index.names.find(name, 0, name.length);
    if (label == null) {
      return -1;
    }
    int symbol =
        head.index.symbols.find(labels.bytes, labels.start(2 * i + 1), labels.length(2 * i + 1));
    int pair = symbol < 0 ? -1 : head.index.pairs.find(label.index, symbol);
    return pair < 0 ? 0 : head.index.postings.count(pair);
  }

  /** Why a series was refused, for people. */
  String explain(Refusal why, LabelBytes labels) {
    Limits max = limits.get();
    return switch (why) {
      case SPACE -> explainSpace();
      case SERVER -> "limit of " + max.series() + " series reached";
      case JOB ->
          "limit of " + max.seriesPerJob() + " series of job " + labels.text(JOB) + " reached";
      case METRIC ->
          "limit of "
              + max.seriesPerMetric()
              + " series of metric "
              + labels.text(NAME)
              + " reached";
    };
  }

  String explainSpace() {
    return state == State.NO_NEW_SERIES
        ? "no new series are taken: space on the disk is low"
        : "no samples are taken: no space is left on the disk";
  }
}
