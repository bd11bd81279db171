package io.narthex.promql.internal.engine;

import io.narthex.api.query.QueryException;
import io.narthex.promql.internal.engine.admission.MemoryBudget;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one query: its deadline, the user's cancelling, the samples and bytes it may hold.
 * Operators ask {@link #check} at least once a series and account for what they take where they
 * take it. Safe for several threads.
 */
public final class Guard {

  /** The error of a query that would hold more samples than it may. */
  public static final String TOO_MANY_SAMPLES =
      "query processing would load too many samples into memory in query execution";

  private final LongSupplier nanoClock;
  private final long maxSamples;
  private final long maxBytes;
  private final MemoryBudget budget;
  private final AtomicLong samples = new AtomicLong();
  private final AtomicLong peakSamples = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile long deadline = Long.MAX_VALUE;
  private volatile QueryException.@Nullable Kind ended;

  /**
   * @param nanoClock like {@link System#nanoTime}
   * @param budget that all queries share
   */
  public Guard(LongSupplier nanoClock, long maxSamples, long maxBytes, MemoryBudget budget) {
    this.budget = budget;
    this.nanoClock = nanoClock;
    this.maxSamples = maxSamples;
    this.maxBytes = maxBytes;
  }

  /** Lets the query run for so long from now. */
  public void expireAfter(long nanos) {
    deadline = nanoClock.getAsLong() + nanos;
  }

  public void cancel() {
    if (ended == null) {
      ended = QueryException.Kind.CANCELED;
    }
  }

  public boolean isCancelled() {
    return ended == QueryException.Kind.CANCELED;
  }

  /** Ends the evaluation if it was cancelled or takes too long. */
  public void check() {
    if (ended == null && deadline != Long.MAX_VALUE && nanoClock.getAsLong() - deadline > 0) {
      ended = QueryException.Kind.TIMEOUT;
    }
    QueryException.Kind kind = ended;
    if (kind != null) {
      throw failure(kind, "expression evaluation");
    }
  }

  /** The error of a query that ended before its time. */
  public static EvaluationFailure failure(QueryException.Kind kind, String where) {
    return new EvaluationFailure(
        kind,
        kind == QueryException.Kind.CANCELED
            ? "query was canceled in " + where
            : "query timed out in " + where);
  }

  /** Accounts for samples that are held from now on. */
  public void hold(long n) {
    long now = samples.addAndGet(n);
    if (now > maxSamples) {
      throw EvaluationFailure.of(TOO_MANY_SAMPLES);
    }
    if (now > peakSamples.get()) {
      peakSamples.accumulateAndGet(now, Math::max);
    }
  }

  /** Accounts for samples that are held no longer. */
  public void release(long n) {
    samples.addAndGet(-n);
  }

  /** Refuses a number of samples that could never be held, in the budget or in an array. */
  public void checkFits(double n) {
    if (n > maxSamples || n > Integer.MAX_VALUE - 8) {
      throw EvaluationFailure.of(TOO_MANY_SAMPLES);
    }
  }

  /** Accounts for memory before it is taken; it is given back when the query is closed. */
  public void take(long n) {
    if (bytes.addAndGet(n) > maxBytes) {
      bytes.addAndGet(-n);
      throw EvaluationFailure.of(
          "query processing would take more than " + maxBytes + " bytes of memory");
    }
    if (!budget.take(n)) {
      bytes.addAndGet(-n);
      throw EvaluationFailure.of(
          "query processing would take more than the "
              + budget.limit()
              + " bytes of memory that all queries share");
    }
  }

  /** Gives all memory back. */
  public void giveBackAll() {
    budget.giveBack(bytes.getAndSet(0));
  }

  /** The samples that are held now. */
  public long samples() {
    return samples.get();
  }

  /** The bytes that were accounted for. */
  public long bytes() {
    return bytes.get();
  }

  public long peakSamples() {
    return peakSamples.get();
  }

  /** How long the query may still run; 0 when it is over or cancelled. */
  public long remainingNanos() {
    if (ended != null) {
      return 0;
    }
    return deadline == Long.MAX_VALUE
        ? Long.MAX_VALUE
        : Math.max(0, deadline - nanoClock.getAsLong());
  }
}
