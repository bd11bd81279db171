package io.narthex.storage.tsdb.internal;

import io.narthex.api.config.Reconfigurable;

/** A change of the out-of-order time window, which can be taken back. */
final class WindowChange implements Reconfigurable.Prepared {

  private final DatabaseRun run;
  private final long before;
  private final long next;

  WindowChange(DatabaseRun run, long next) {
    this.run = run;
    this.before = run.outOfOrderWindow();
    this.next = next;
  }

  @Override
  public void commit() {
    run.setOutOfOrderWindow(next);
  }

  @Override
  public void rollback() {
    run.setOutOfOrderWindow(before);
  }

  @Override
  public void discard() {}
}
