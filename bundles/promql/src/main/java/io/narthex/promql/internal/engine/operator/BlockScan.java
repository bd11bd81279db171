package io.narthex.promql.internal.engine.operator;

import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads all rows of an operator, block by block. Of a big operator, the workers read blocks at the
 * same time; the consumer gets them one at a time and in order all the same, so that a result does
 * not depend on how many worked. A worker whose block is not the next leaves it and goes on.
 */
public final class BlockScan {

  /** Takes a block whose first row is row {@code first} of the operator. */
  @FunctionalInterface
  public interface Consumer {
    void accept(SeriesBlock block, int first);
  }

  /** Fewer samples than this are read by the query's own thread. */
  private static final double PARALLEL_SAMPLES = 150_000;

  private final VectorOperator source;
  private final Consumer consumer;
  private final Execution ex;
  private final int rows;
  private final int blockRows;
  private final int blocks;

  /** Blocks that wait for those before them, by their number. */
  private final @Nullable SeriesBlock[] ready;

  /** How many blocks may be read ahead of the one whose turn it is. */
  private int ahead;

  private final ArrayDeque<SeriesBlock> spare = new ArrayDeque<>();
  private int claimed;
  private int turn;
  private boolean consuming;
  private int working;
  private @Nullable Throwable failure;

  private BlockScan(VectorOperator source, Consumer consumer) {
    this.source = source;
    this.consumer = consumer;
    this.ex = source.execution();
    this.rows = source.rows().size();
    this.blockRows = SeriesBlock.usualRows(source.steps().count());
    this.blocks = (rows + blockRows - 1) / blockRows;
    this.ready = new SeriesBlock[blocks];
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
    ahead = 3 * (helpers + 1);
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
    try {
      for (int b = claim(); b >= 0; b = claim()) {
        ex.check();
        SeriesBlock block = spareBlock();
        int from = b * blockRows;
        source.read(from, Math.min(rows, from + blockRows), block);
        handOver(b, block);
      }
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  /** The next block to read; waits where too many wait for one that takes long. -1 at the end. */
  private synchronized int claim() {
    await(() -> failure != null || claimed >= blocks || claimed - turn < ahead);
    return failure == null && claimed < blocks ? claimed++ : -1;
  }

  private synchronized SeriesBlock spareBlock() {
    SeriesBlock known = spare.poll();
    return known == null ? new SeriesBlock(source.steps().count()) : known;
  }

  /** Whoever completes the block whose turn it is gives it and those behind it to the consumer. */
  private void handOver(int b, SeriesBlock block) {
    synchronized (this) {
      ready[b] = block;
      if (consuming) {
        return;
      }
      consuming = true;
    }
    for (int t = nextReady(-1); t >= 0; t = nextReady(t)) {
      SeriesBlock next = ready[t];
      if (next != null) {
        consumer.accept(next, t * blockRows);
      }
    }
  }

  /** Ends the turn of a block, -1 for none, and begins that of the next; -1 if it is not ready. */
  private synchronized int nextReady(int done) {
    if (done >= 0) {
      SeriesBlock block = ready[done];
      if (block != null) {
        spare.push(block);
      }
      ready[done] = null;
      turn++;
      notifyAll();
    }
    if (turn < blocks && ready[turn] != null && failure == null) {
      return turn;
    }
    consuming = false;
    return -1;
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
