package io.narthex.promql.internal.engine.operator;

import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads all rows of an operator, block by block. Of a big operator, the workers read blocks at the
 * same time; the consumer gets them one at a time and in order all the same, so that a result does
 * not depend on how many worked.
 */
public final class BlockScan {

  /** Takes a block whose first row is row {@code first} of the operator. */
  @FunctionalInterface
  public interface Consumer {
    void accept(SeriesBlock block, int first);
  }

  /** Fewer samples than this are read by the query's own thread. */
  private static final double PARALLEL_SAMPLES = 400_000;

  private final VectorOperator source;
  private final Consumer consumer;
  private final Execution ex;
  private final int rows;
  private final int blockRows;
  private final int blocks;

  private int claimed;
  private int turn;
  private int working;
  private @Nullable Throwable failure;

  private BlockScan(VectorOperator source, Consumer consumer) {
    this.source = source;
    this.consumer = consumer;
    this.ex = source.execution();
    this.rows = source.rows().size();
    this.blockRows = SeriesBlock.usualRows(source.steps().count());
    this.blocks = (rows + blockRows - 1) / blockRows;
  }

  public static void run(VectorOperator source, Consumer consumer) {
    BlockScan scan = new BlockScan(source, consumer);
    int helpers = Math.min(scan.ex.pool().helpers(), scan.blocks - 1);
    if (helpers <= 0 || scan.rows * source.rowCost() < PARALLEL_SAMPLES) {
      scan.alone();
    } else {
      scan.shared(helpers);
    }
  }

  private void alone() {
    SeriesBlock block = new SeriesBlock(source.steps().count());
    for (int from = 0; from < rows; from += blockRows) {
      ex.check();
      source.read(from, Math.min(rows, from + blockRows), block);
      consumer.accept(block, from);
    }
  }

  private void shared(int helpers) {
    working = 1;
    ex.pool().help(this::help, helpers);
    work();
    synchronized (this) {
      working--;
      await(() -> working == 0);
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
    }
  }

  /** A helper's part; one that comes when all is claimed goes away again. */
  private void help() {
    synchronized (this) {
      if (claimed >= blocks || failure != null || working == 0) {
        return;
      }
      working++;
    }
    try {
      work();
    } finally {
      synchronized (this) {
        working--;
        notifyAll();
      }
    }
  }

  private void work() {
    SeriesBlock block = new SeriesBlock(source.steps().count());
    try {
      for (int b = claim(); b >= 0; b = claim()) {
        ex.check();
        int from = b * blockRows;
        source.read(from, Math.min(rows, from + blockRows), block);
        if (!awaitTurn(b)) {
          return;
        }
        consumer.accept(block, from);
        passTurn();
      }
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private synchronized int claim() {
    return failure == null && claimed < blocks ? claimed++ : -1;
  }

  private synchronized boolean awaitTurn(int b) {
    await(() -> turn == b || failure != null);
    return failure == null;
  }

  private synchronized void passTurn() {
    turn++;
    notifyAll();
  }

  private synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
    notifyAll();
  }

  /** An interruption is kept for later: the query's guard, not the thread, says when to end. */
  private synchronized void await(BooleanSupplier done) {
    boolean interrupted = false;
    while (!done.getAsBoolean()) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
